package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Program;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots of a partition, written long after they were taken, and what comes of them. */
@ParameterizedClass(name = "{0}")
@EnumSource(StoreKind.class)
class StateChangesTest {
  private static final int SEEDS = 100;
  private static final int VIEWS = 40;
  private static final int PARTITIONS = 4;
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);

  @RegisterExtension static final Stores STORES = new Stores();

  private final StoreKind kind;

  StateChangesTest(StoreKind kind) {
    this.kind = kind;
  }

  /** A snapshot, and what the partition had then. */
  private record Taken(StateChanges changes, boolean full, StateModel model) {}

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Takes snapshots while a random program runs on {@code partition}, a full one first. */
  private static List<Taken> run(StatePartition partition, StateModel before, Random random) {
    List<Taken> taken = new ArrayList<>();
    StateModel all = before;
    for (int i = 0; i < VIEWS; i++) {
      StateView view = partition.open();
      StateModel own = all.copy();
      for (int changes = random.nextInt(8); changes > 0; changes--) {
        own.change(view, random);
      }
      if (random.nextInt(4) > 0) {
        view.commit();
        own.commit();
        all = own;
      }
      if (random.nextInt(3) == 0) {
        boolean full = taken.isEmpty() || random.nextInt(4) == 0;
        taken.add(new Taken(partition.changes(full), full, all));
      }
    }
    taken.add(new Taken(partition.changes(taken.isEmpty()), taken.isEmpty(), all));
    return taken;
  }

  private StatePartition partition() {
    return STORES.partition(kind, FORMAT, true);
  }

  /** A partition of each store, to read what one of them has written. */
  private static List<StatePartition> ofEachStore() {
    return Arrays.stream(StoreKind.values())
        .map(each -> STORES.partition(each, FORMAT, true))
        .toList();
  }

  private static Written written(StateChanges changes) throws IOException {
    return Written.of(changes, FORMAT);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void eachSnapshotIsWhatThePartitionHadThen(long seed) throws IOException {
    List<StatePartition> restored = ofEachStore();
    for (Taken taken : run(partition(), new StateModel(), new Random(seed))) {
      if (taken.full()) {
        restored = ofEachStore();
      }
      Written written = written(taken.changes());
      for (StatePartition each : restored) {
        written.applyTo(each);
        taken.model().check(each);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aRestoredPartitionGoesOnAsTheOldOne(long seed) throws IOException {
    Random random = new Random(seed);
    StatePartition partition = partition();
    StateModel model = new StateModel();
    for (int life = 0; life < 4; life++) {
      List<Taken> taken = run(partition, model, random);
      partition = partition();
      int full = taken.size() - 1;
      while (!taken.get(full).full()) {
        full--;
      }
      for (Taken one : taken.subList(full, taken.size())) {
        written(one.changes()).applyTo(partition);
      }
      model = taken.get(taken.size() - 1).model();
      model.check(partition);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allIsSpreadOverOtherPartitions(long seed) throws IOException {
    List<StatePartition> restored = new ArrayList<>();
    for (Taken taken : run(partition(), new StateModel(), new Random(seed))) {
      if (taken.full()) {
        restored.clear();
        for (int p = 0; p < PARTITIONS; p++) {
          restored.add(partition());
        }
      }
      written(taken.changes()).readInto(key -> restored.get((Integer) key % PARTITIONS));
      for (int p = 0; p < PARTITIONS; p++) {
        taken.model().part(p, PARTITIONS).checkKeys(restored.get(p));
      }
    }
  }

  @Test
  void whatDidNotChangeIsNotWritten() throws IOException {
    StatePartition partition = partition();
    StateView view = partition.open();
    for (int key = 0; key < 1_000; key++) {
      ((Tally) view.key(key).cell(new CellAddress("", 0), Tally::new)).add(1);
    }
    view.commit();
    assertEquals(1_000, written(partition.changes(false)).entries().size());
    assertTrue(written(partition.changes(false)).entries().isEmpty());
    StateView later = partition.open();
    later.key(7).hold();
    later.key(8).remove(new CellAddress("", 0));
    later.key(2_000).setTimer(new Timer(1, TimerDomain.RESUME, 5, 6));
    later.commit();
    partition.open().key(9).remove(new CellAddress("", 0));
    assertEquals(Set.of(8, 2_000), written(partition.changes(false)).entries().keySet());
    assertEquals(1_000, written(partition.changes(true)).entries().size());
    assertTrue(written(partition.changes(false)).entries().isEmpty());
  }

  @Test
  void whatIsAppliedIsNoChange() throws IOException {
    StatePartition partition = partition();
    StateView view = partition.open();
    ((Tally) view.key(1).cell(new CellAddress("", 0), Tally::new)).add(1);
    view.commit();
    StatePartition restored = partition();
    written(partition.changes(true)).applyTo(restored);
    assertTrue(written(restored.changes(false)).entries().isEmpty());
    assertEquals(1, written(restored.changes(true)).entries().size());
  }
}
