package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.time.Watermark;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views that are committed or discarded, against maps that are copied whole. */
class RandomStateTest {
  private static final int SEEDS = 200;
  private static final int VIEWS = 20;
  private static final int KEYS = 6;
  private static final int CELLS = 3;
  private static final int TIMERS = 4;
  private static final int TIMES = 12;
  private static final List<TimerDomain> DOMAINS = List.of(TimerDomain.values());

  /** What a key has. Cells that hold and timers, both by number. */
  private record Model(Map<Integer, Amount> cells, Map<Integer, Timer> timers) {
    Model() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    Model copy() {
      return new Model(new TreeMap<>(cells), new TreeMap<>(timers));
    }

    boolean isEmpty() {
      return cells.isEmpty() && timers.isEmpty();
    }
  }

  private record Amount(long amount, long hold) {}

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  private static Map<Integer, Model> copy(Map<Integer, Model> all) {
    Map<Integer, Model> copy = new TreeMap<>();
    all.forEach((key, model) -> copy.put(key, model.copy()));
    return copy;
  }

  private static long hold(Map<Integer, Model> all) {
    return all.values().stream()
        .flatMapToLong(
            model ->
                LongStream.concat(
                    model.cells().values().stream().mapToLong(Amount::hold),
                    model.timers().values().stream().mapToLong(Timer::hold)))
        .min()
        .orElse(Watermark.END);
  }

  private static long earliest(Map<Integer, Model> all, TimerDomain domain) {
    return all.values().stream()
        .flatMap(model -> model.timers().values().stream())
        .filter(timer -> timer.domain() == domain)
        .mapToLong(Timer::timestamp)
        .min()
        .orElse(Watermark.END);
  }

  private static Set<Object> due(Map<Integer, Model> all, TimerDomain domain, long time) {
    Set<Object> due = new HashSet<>();
    all.forEach(
        (key, model) -> {
          if (model.timers().values().stream()
              .anyMatch(timer -> timer.domain() == domain && timer.timestamp() < time)) {
            due.add(key);
          }
        });
    return due;
  }

  private static long time(Random random) {
    return random.nextInt(5) == 0 ? Watermark.END : random.nextInt(TIMES);
  }

  private static void change(StateView view, Map<Integer, Model> own, Random random) {
    int key = random.nextInt(KEYS);
    Model model = own.computeIfAbsent(key, k -> new Model());
    KeyState state = view.key(key);
    int cell = random.nextInt(CELLS);
    CellAddress address = new CellAddress("", cell);
    int timer = random.nextInt(TIMERS);
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        Tally tally = (Tally) state.cell(address, Tally::new);
        long hold = time(random);
        tally.add(1);
        tally.holdAt(hold);
        Amount before = model.cells().getOrDefault(cell, new Amount(0, 0));
        model.cells().put(cell, new Amount(before.amount() + 1, hold));
      }
      case 2 -> {
        ((Tally) state.cell(address, Tally::new)).clear();
        model.cells().remove(cell);
      }
      case 3 -> {
        state.remove(address);
        model.cells().remove(cell);
      }
      case 4, 5 -> {
        TimerDomain domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
        Timer armed = new Timer(timer, domain, random.nextInt(TIMES), time(random));
        state.setTimer(armed);
        model.timers().put(timer, armed);
      }
      default -> assertEquals(model.timers().remove(timer), state.removeTimer(timer));
    }
  }

  private static void check(StateView view, Map<Integer, Model> own) {
    assertEquals(hold(own), view.hold(), "hold of the view");
    for (TimerDomain domain : DOMAINS) {
      assertEquals(earliest(own, domain), view.earliest(domain), () -> "first of " + domain);
    }
  }

  private static void check(StatePartition partition, Map<Integer, Model> all) {
    assertEquals(all.size(), partition.size());
    assertEquals(hold(all), partition.hold(), "hold of the partition");
    for (TimerDomain domain : DOMAINS) {
      assertEquals(earliest(all, domain), partition.earliest(domain), () -> "first of " + domain);
      for (long time = 0; time <= TIMES; time++) {
        assertEquals(
            due(all, domain, time),
            new HashSet<>(Due.of(partition.open(), Map.of(domain, time))),
            "what is due");
      }
    }
    StateView view = partition.open();
    assertEquals(all.keySet(), new HashSet<>(view.keys()));
    all.forEach(
        (key, model) -> {
          for (int cell = 0; cell < CELLS; cell++) {
            Tally tally = (Tally) view.key(key).cell(new CellAddress("", cell), Tally::new);
            long amount = model.cells().getOrDefault(cell, new Amount(0, 0)).amount();
            assertEquals(amount, tally.amount(), "amount of a cell");
          }
          for (int timer = 0; timer < TIMERS; timer++) {
            assertEquals(model.timers().get(timer), view.key(key).timer(timer));
          }
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsAndTimersAreThoseOfTheMaps(long seed) {
    Random random = new Random(seed);
    StatePartition partition = new StatePartition();
    Map<Integer, Model> all = new TreeMap<>();
    for (int i = 0; i < VIEWS; i++) {
      StateView view = partition.open();
      Map<Integer, Model> own = copy(all);
      for (int changes = random.nextInt(8); changes > 0; changes--) {
        change(view, own, random);
        check(view, own);
      }
      if (random.nextInt(3) > 0) {
        view.commit();
        own.values().removeIf(Model::isEmpty);
        all = own;
      }
      check(partition, all);
    }
  }
}
