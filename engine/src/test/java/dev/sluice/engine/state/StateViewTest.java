package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.time.Watermark;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What attempts change of a partition's state, and when it counts. */
@ParameterizedClass(name = "{0}")
@EnumSource(StoreKind.class)
class StateViewTest {
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);
  private static final CellAddress AMOUNT = new CellAddress("window", "amount");
  private static final CellAddress OTHER = new CellAddress("window", "other");

  @RegisterExtension static final Stores STORES = new Stores();

  private final StatePartition partition;

  StateViewTest(StoreKind kind) {
    partition = STORES.partition(kind, FORMAT, false);
  }

  private static Tally tally(StateView view, Object key) {
    return tally(view, key, AMOUNT);
  }

  private static Tally tally(StateView view, Object key, CellAddress address) {
    return (Tally) view.key(key).cell(address, Tally::new);
  }

  private static Timer timer(Object id, long time) {
    return new Timer(id, TimerDomain.EVENT_TIME, time, time);
  }

  private void commit(Object key, long amount) {
    StateView view = partition.open();
    tally(view, key).add(amount);
    view.commit();
  }

  @Test
  void nothingIsThereAtFirst() {
    StateView view = partition.open();
    assertTrue(partition.isEmpty());
    assertEquals(List.of(), view.keys());
    assertEquals(Watermark.END, view.hold());
    assertEquals(Watermark.END, view.earliest(TimerDomain.EVENT_TIME));
    assertEquals(0, tally(view, "k").amount());
  }

  @Test
  void changesCountOnlyAfterTheCommit() {
    StateView view = partition.open();
    tally(view, "k").add(3);
    view.key("k").setTimer(timer("t", 10));
    assertTrue(partition.isEmpty());
    assertEquals(Watermark.END, partition.hold());
    assertEquals(Watermark.END, partition.earliest(TimerDomain.EVENT_TIME));
    assertEquals(0, tally(partition.open(), "k").amount());
    view.commit();
    assertEquals(1, partition.size());
    assertEquals(10, partition.hold());
    assertEquals(10, partition.earliest(TimerDomain.EVENT_TIME));
    assertEquals(3, tally(partition.open(), "k").amount());
  }

  @Test
  void aDiscardedViewLeavesNothing() {
    commit("k", 3);
    StateView discarded = partition.open();
    tally(discarded, "k").add(4);
    tally(discarded, "new").add(5);
    discarded.key("k").put(OTHER, new Kept<>("value", 1));
    discarded.key("k").setTimer(timer("t", 10));
    discarded.key("k").remove(AMOUNT);
    StateView after = partition.open();
    assertEquals(List.of("k"), after.keys());
    assertEquals(3, tally(after, "k").amount());
    assertTrue(after.key("k").cell(OTHER, Tally::new).isEmpty());
    assertNull(after.key("k").timer("t"));
    assertEquals(Watermark.END, after.hold());
  }

  @Test
  void aCommitOfOneCellLeavesTheOthersAsTheyAre() {
    StateView first = partition.open();
    tally(first, "k").add(1);
    tally(first, "k", OTHER).add(2);
    tally(first, "l").add(3);
    first.key("k").setTimer(timer("t", 10));
    first.commit();
    commit("k", 5);
    StateView view = partition.open();
    assertEquals(6, tally(view, "k").amount());
    assertEquals(2, tally(view, "k", OTHER).amount());
    assertEquals(3, tally(view, "l").amount());
    assertEquals(timer("t", 10), view.key("k").timer("t"));
  }

  @Test
  void emptyCellsAreForgottenAndKeysWithoutAny() {
    commit("k", 3);
    StateView asking = partition.open();
    tally(asking, "k", OTHER);
    tally(asking, "new");
    asking.commit();
    assertEquals(1, partition.size());
    assertEquals(Set.of(AMOUNT), partition.entry("k").cells().keySet());
    StateView clearing = partition.open();
    tally(clearing, "k").clear();
    clearing.commit();
    assertTrue(partition.isEmpty());
    assertEquals(List.of(), partition.open().keys());
  }

  @Test
  void aKeyWithNothingButATimerIsKept() {
    StateView view = partition.open();
    view.key("k").setTimer(timer("t", 10));
    view.commit();
    assertEquals(1, partition.size());
    StateView firing = partition.open();
    assertEquals(timer("t", 10), firing.key("k").removeTimer("t"));
    firing.commit();
    assertTrue(partition.isEmpty());
    assertEquals(Watermark.END, partition.hold());
    assertEquals(Watermark.END, partition.earliest(TimerDomain.EVENT_TIME));
  }

  @Test
  void aRemovedCellIsGoneUntilItIsWrittenAgain() {
    commit("k", 3);
    StateView view = partition.open();
    view.key("k").remove(AMOUNT);
    assertEquals(0, tally(view, "k").amount());
    tally(view, "k").add(7);
    view.commit();
    assertEquals(7, tally(partition.open(), "k").amount());
    StateView removing = partition.open();
    removing.key("k").remove(AMOUNT);
    removing.commit();
    assertTrue(partition.isEmpty());
  }

  @Test
  void whatAVisitChangesCountsAndCanBeAskedForAgain() {
    commit("k", 3);
    commit("gone", 1);
    StateView view = partition.open();
    view.key("k").setTimer(timer("t", 10));
    view.key("gone").setTimer(timer("u", 12));
    view.forEachDue(
        Map.of(),
        (key, state) -> {
          ((Tally) state.cell(AMOUNT, Tally::new)).add(1);
          if (key.equals("gone")) {
            state.remove(AMOUNT);
            state.removeTimer("u");
          }
        });
    assertEquals(10, view.hold());
    assertEquals(10, view.earliest(TimerDomain.EVENT_TIME));
    assertEquals(3, tally(partition.open(), "k").amount());
    tally(view, "k").add(1);
    view.commit();
    assertEquals(5, tally(partition.open(), "k").amount());
    assertEquals(timer("t", 10), partition.open().key("k").timer("t"));
    assertEquals(List.of("k"), partition.open().keys());
  }

  @Test
  void namespacesAndCellsAreApart() {
    StateView view = partition.open();
    tally(view, "k", new CellAddress("a", "x")).add(1);
    tally(view, "k", new CellAddress("b", "x")).add(2);
    tally(view, "k", new CellAddress("a", "y")).add(4);
    view.commit();
    StateView after = partition.open();
    assertEquals(1, tally(after, "k", new CellAddress("a", "x")).amount());
    assertEquals(2, tally(after, "k", new CellAddress("b", "x")).amount());
    assertEquals(4, tally(after, "k", new CellAddress("a", "y")).amount());
  }

  @Test
  void keysAreThoseCommittedAndThoseAskedFor() {
    commit("a", 1);
    commit("b", 1);
    StateView view = partition.open();
    tally(view, "c");
    tally(view, "a").clear();
    assertEquals(List.of("a", "b", "c"), view.keys());
  }

  @Test
  void numbersOfWhatCountsNeverRepeatAndGrow() {
    Set<Long> numbers = new HashSet<>();
    long last = -1;
    for (int batch = 0; batch < 50; batch++) {
      StateView failed = partition.open();
      failed.nextNumber();
      failed.nextNumber();
      StateView view = partition.open();
      for (int i = 0; i < batch % 4; i++) {
        long number = view.nextNumber();
        assertTrue(number > last, number + " after " + last);
        assertTrue(numbers.add(number), "again: " + number);
        last = number;
      }
      view.commit();
    }
  }

  @Test
  void stateThatIsPassingIsNowhereElse() {
    KeyState passing = KeyState.passing();
    ((Tally) passing.cell(AMOUNT, Tally::new)).add(1);
    passing.setTimer(timer("t", 5));
    assertEquals(1, ((Tally) passing.cell(AMOUNT, Tally::new)).amount());
    assertEquals(5, passing.hold());
    assertFalse(KeyState.passing().hold() == 5);
  }
}
