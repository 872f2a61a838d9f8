package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.state.Timers.Armed;
import dev.sluice.engine.time.Watermark;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One random program on both stores: whatever is asked, both say the same. */
class StoresAgreeTest {
  private static final int SEEDS = 50;
  private static final int VIEWS = 60;
  private static final int KEYS = 8;
  private static final int TIMES = 12;
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);

  @RegisterExtension static final Stores STORES = new Stores();

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ofAllThatIsAsked(long seed) throws IOException {
    Random random = new Random(seed);
    StatePartition heap = STORES.partition(StoreKind.HEAP, FORMAT, true);
    StatePartition disk = STORES.partition(StoreKind.DISK, FORMAT, true);
    for (int i = 0; i < VIEWS; i++) {
      long program = random.nextLong();
      boolean commits = random.nextInt(4) > 0;
      change(heap, new Random(program), commits);
      change(disk, new Random(program), commits);
      assertSame(heap, disk);
      if (random.nextInt(4) == 0) {
        boolean all = random.nextInt(3) == 0;
        Written ofHeap = Written.of(heap.changes(all), FORMAT);
        Written ofDisk = Written.of(disk.changes(all), FORMAT);
        assertEquals(ofHeap.bytes().length, ofDisk.bytes().length);
        assertEquals(contents(ofHeap.entries()), contents(ofDisk.entries()));
        if (all && random.nextBoolean()) {
          // Each goes on from what the other has written.
          heap = STORES.partition(StoreKind.HEAP, FORMAT, true);
          disk = STORES.partition(StoreKind.DISK, FORMAT, true);
          ofDisk.applyTo(heap);
          ofHeap.applyTo(disk);
          assertSame(heap, disk);
        }
      }
    }
  }

  private static void change(StatePartition partition, Random random, boolean commits) {
    StateView view = partition.open();
    for (int changes = random.nextInt(8); changes > 0; changes--) {
      change(view, random);
    }
    if (random.nextInt(3) == 0) {
      fire(view, random.nextInt(TIMES));
    }
    if (commits) {
      view.commit();
    }
  }

  private static void change(StateView view, Random random) {
    KeyState state = view.key(random.nextInt(KEYS));
    CellAddress address = new CellAddress("", random.nextInt(3));
    TimerDomain[] domains = TimerDomain.values();
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        Tally tally = (Tally) state.cell(address, Tally::new);
        tally.add(1);
        tally.holdAt(time(random));
      }
      case 2 -> state.remove(address);
      case 3, 4 ->
          state.setTimer(
              new Timer(
                  random.nextInt(4),
                  domains[random.nextInt(domains.length)],
                  time(random),
                  time(random)));
      case 5 -> view.nextNumber();
      default -> state.removeTimer(random.nextInt(4));
    }
  }

  /** Some are before all that a clock says, and some never come. */
  private static long time(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Watermark.END;
      case 1 -> -1L - random.nextInt(5);
      default -> random.nextInt(TIMES);
    };
  }

  /** Takes the first timer of each key that is due; their order is up to the store. */
  private static void fire(StateView view, long time) {
    view.forEachDue(
        TimerDomain.EVENT_TIME,
        time,
        (identity, state) -> state.removeTimer(state.first(TimerDomain.EVENT_TIME).id()));
  }

  private static void assertSame(StatePartition heap, StatePartition disk) {
    assertEquals(heap.size(), disk.size());
    assertEquals(heap.hold(), disk.hold());
    assertEquals(heap.open().nextNumber(), disk.open().nextNumber());
    Set<Object> identities = new HashSet<>(heap.identities());
    assertEquals(identities, new HashSet<>(disk.identities()));
    for (Object identity : identities) {
      assertEquals(content(heap.entry(identity)), content(disk.entry(identity)));
    }
    for (TimerDomain domain : TimerDomain.values()) {
      assertEquals(heap.earliest(domain), disk.earliest(domain));
      for (long time = 0; time <= TIMES; time++) {
        Map<TimerDomain, Long> times = Map.of(domain, time);
        assertEquals(
            Set.copyOf(Due.of(heap.open(), times)), Set.copyOf(Due.of(disk.open(), times)));
      }
    }
  }

  private static Map<Object, Object> contents(Map<Object, Entry> entries) {
    Map<Object, Object> contents = new HashMap<>();
    entries.forEach((identity, entry) -> contents.put(identity, content(entry)));
    return contents;
  }

  /** What an entry says, as something that can be compared. */
  private static Object content(Entry entry) {
    if (entry == null) {
      return "gone";
    }
    Set<Armed> timers = Set.copyOf(entry.timers());
    Map<Object, Object> cells =
        entry.cells().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    cell -> List.of(((Tally) cell.getValue()).amount(), cell.getValue().hold())));
    return List.of(cells, timers, entry.hold());
  }
}
