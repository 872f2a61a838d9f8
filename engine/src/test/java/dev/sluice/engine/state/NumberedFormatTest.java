package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.time.Watermark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** State that is kept by numbers. */
@ParameterizedClass(name = "{0}")
@EnumSource(StoreKind.class)
class NumberedFormatTest {
  private static final int SEEDS = 50;
  private static final int VIEWS = 40;
  private static final CellAddress ADDRESS = new CellAddress("", "value");
  private static final NumberedFormat<Object> FORMAT =
      new NumberedFormat<>(ADDRESS, KryoCodec.values(List.of()), "numbered");

  @RegisterExtension static final Stores STORES = new Stores();

  private final StoreKind kind;

  NumberedFormatTest(StoreKind kind) {
    this.kind = kind;
  }

  private record Entry(String value, Timer timer) {}

  /** A snapshot, and what there was then. */
  private record Taken(StateChanges changes, Map<Long, Entry> entries, long nextNumber) {}

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Adds an entry under the next number. */
  private static void add(StateView view, Map<Long, Entry> entries, Random random) {
    long number = view.nextNumber();
    long hold = random.nextInt(100);
    Entry entry =
        new Entry(
            "x".repeat(random.nextInt(300)) + number,
            new Timer("timer-" + number, TimerDomain.RESUME, random.nextInt(100), Watermark.END));
    view.key(number).put(ADDRESS, new Kept<>(entry.value(), hold));
    view.key(number).setTimer(entry.timer());
    entries.put(number, entry);
  }

  /** Takes an entry away, if there is any. */
  private static void take(StateView view, Map<Long, Entry> entries, Random random) {
    List<Long> numbers = List.copyOf(entries.keySet());
    if (!numbers.isEmpty()) {
      Long number = numbers.get(random.nextInt(numbers.size()));
      view.key(number).remove(ADDRESS);
      view.key(number).removeTimer(entries.remove(number).timer().id());
    }
  }

  private static void check(Taken taken, StatePartition restored) {
    StateView view = restored.open();
    assertEquals(taken.entries().keySet(), new HashSet<>(view.keys()));
    taken
        .entries()
        .forEach(
            (number, entry) -> {
              KeyState state = view.key(number);
              assertEquals(entry.timer(), state.first(TimerDomain.RESUME));
              Kept<?> kept = (Kept<?>) state.cell(ADDRESS, () -> new Kept<>("none", 0));
              assertEquals(entry.value(), kept.value());
              assertEquals(kept.hold(), state.hold());
            });
    assertEquals(taken.nextNumber(), view.nextNumber());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void entriesComeBackUnderTheirNumbers(long seed) throws IOException {
    Random random = new Random(seed);
    StatePartition partition = STORES.partition(kind, FORMAT, true);
    Map<Long, Entry> entries = new TreeMap<>();
    List<Taken> snapshots = new ArrayList<>();
    List<Long> holds = new ArrayList<>();
    for (int i = 0; i < VIEWS; i++) {
      StateView view = partition.open();
      for (int changes = random.nextInt(5); changes > 0; changes--) {
        if (random.nextBoolean()) {
          add(view, entries, random);
        } else {
          take(view, entries, random);
        }
      }
      view.commit();
      if (random.nextInt(3) == 0) {
        long next = partition.open().nextNumber();
        snapshots.add(
            new Taken(partition.changes(snapshots.isEmpty()), new TreeMap<>(entries), next));
        holds.add(partition.hold());
      }
    }
    StatePartition restored = STORES.partition(kind, FORMAT, true);
    for (int i = 0; i < snapshots.size(); i++) {
      Written.of(snapshots.get(i).changes(), FORMAT).applyTo(restored);
      check(snapshots.get(i), restored);
      assertEquals(holds.get(i), restored.hold());
    }
    assertFalse(FORMAT.keyed());
  }
}
