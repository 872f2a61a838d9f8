package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What a partition has: maps that are copied whole. Cells that hold and timers, both by number. */
final class StateModel {
  private static final int KEYS = 6;
  private static final int CELLS = 3;
  private static final int TIMERS = 4;
  private static final int TIMES = 12;
  private static final List<TimerDomain> DOMAINS = List.of(TimerDomain.values());

  private final Map<Integer, Key> keys = new TreeMap<>();
  private long nextNumber;

  /** What a key has; its timers in the order in which they were set. */
  private record Key(Map<Integer, Amount> cells, Map<Integer, Timer> timers) {
    Key() {
      this(new TreeMap<>(), new LinkedHashMap<>());
    }

    Key copy() {
      return new Key(new TreeMap<>(cells), new LinkedHashMap<>(timers));
    }

    boolean isEmpty() {
      return cells.isEmpty() && timers.isEmpty();
    }

    List<Timer> inOrder(TimerDomain domain) {
      return timers.values().stream()
          .filter(timer -> timer.domain() == domain)
          .sorted(Comparator.comparingLong(Timer::timestamp))
          .toList();
    }
  }

  private record Amount(long amount, long hold) {}

  StateModel copy() {
    StateModel copy = new StateModel();
    keys.forEach((key, model) -> copy.keys.put(key, model.copy()));
    copy.nextNumber = nextNumber;
    return copy;
  }

  /** The same for those of one of so many partitions. */
  StateModel part(int partition, int partitions) {
    StateModel part = copy();
    part.keys.keySet().removeIf(key -> key % partitions != partition);
    return part;
  }

  private long hold() {
    return keys.values().stream()
        .flatMapToLong(
            key ->
                LongStream.concat(
                    key.cells().values().stream().mapToLong(Amount::hold),
                    key.timers().values().stream().mapToLong(Timer::hold)))
        .min()
        .orElse(Watermark.END);
  }

  private long earliest(TimerDomain domain) {
    return keys.values().stream()
        .flatMap(key -> key.timers().values().stream())
        .filter(timer -> timer.domain() == domain)
        .mapToLong(Timer::timestamp)
        .min()
        .orElse(Watermark.END);
  }

  private Set<Object> due(TimerDomain domain, long time) {
    Set<Object> due = new HashSet<>();
    keys.forEach(
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

  /** Changes something, in {@code view} and here. */
  void change(StateView view, Random random) {
    int number = random.nextInt(KEYS);
    Key key = keys.computeIfAbsent(number, k -> new Key());
    KeyState state = view.key(number);
    int cell = random.nextInt(CELLS);
    CellAddress address = new CellAddress("", cell);
    int timer = random.nextInt(TIMERS);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        Tally tally = (Tally) state.cell(address, Tally::new);
        long hold = time(random);
        tally.add(1);
        tally.holdAt(hold);
        Amount before = key.cells().getOrDefault(cell, new Amount(0, 0));
        key.cells().put(cell, new Amount(before.amount() + 1, hold));
      }
      case 2 -> {
        ((Tally) state.cell(address, Tally::new)).clear();
        key.cells().remove(cell);
      }
      case 3 -> {
        state.remove(address);
        key.cells().remove(cell);
      }
      case 4, 5 -> {
        TimerDomain domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
        Timer armed = new Timer(timer, domain, random.nextInt(TIMES), time(random));
        state.setTimer(armed);
        key.timers().remove(timer);
        key.timers().put(timer, armed);
      }
      case 6 -> assertEquals(nextNumber++, view.nextNumber());
      default -> assertEquals(key.timers().remove(timer), state.removeTimer(timer));
    }
  }

  /** Forgets keys that have nothing, as a commit does. */
  void commit() {
    keys.values().removeIf(Key::isEmpty);
  }

  void check(StateView view) {
    assertEquals(hold(), view.hold(), "hold of the view");
    for (TimerDomain domain : DOMAINS) {
      assertEquals(earliest(domain), view.earliest(domain), () -> "first of " + domain);
    }
  }

  void check(StatePartition partition) {
    checkKeys(partition);
    assertEquals(nextNumber, partition.open().nextNumber(), "next number");
  }

  /** The same without numbers, which keyed state does not use. */
  void checkKeys(StatePartition partition) {
    assertEquals(keys.size(), partition.size());
    assertEquals(hold(), partition.hold(), "hold of the partition");
    for (TimerDomain domain : DOMAINS) {
      assertEquals(earliest(domain), partition.earliest(domain), () -> "first of " + domain);
      for (long time = 0; time <= TIMES; time++) {
        assertEquals(
            due(domain, time),
            new HashSet<>(Due.of(partition.open(), Map.of(domain, time))),
            "what is due");
      }
    }
    StateView view = partition.open();
    assertEquals(keys.keySet(), new HashSet<>(view.keys()));
    keys.forEach((key, model) -> check(view.key(key), model));
  }

  private static void check(KeyState state, Key key) {
    for (int cell = 0; cell < CELLS; cell++) {
      Tally tally = (Tally) state.cell(new CellAddress("", cell), Tally::new);
      long amount = key.cells().getOrDefault(cell, new Amount(0, 0)).amount();
      assertEquals(amount, tally.amount(), "amount of a cell");
    }
    for (int timer = 0; timer < TIMERS; timer++) {
      assertEquals(key.timers().get(timer), state.timer(timer));
    }
    for (TimerDomain domain : DOMAINS) {
      List<Timer> inOrder = new ArrayList<>();
      for (Timer first = state.first(domain); first != null; first = state.first(domain)) {
        inOrder.add(state.removeTimer(first.id()));
      }
      assertEquals(key.inOrder(domain), inOrder, () -> "order of " + domain);
    }
  }
}
