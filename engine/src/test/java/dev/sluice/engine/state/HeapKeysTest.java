package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State on the heap is the objects that attempts have left. */
class HeapKeysTest {
  private static final CellAddress AMOUNT = new CellAddress("window", "amount");
  private static final CellAddress OTHER = new CellAddress("window", "other");

  private final StatePartition partition = new StatePartition();

  private static Tally tally(StateView view, CellAddress address) {
    return (Tally) view.key("k").cell(address, Tally::new);
  }

  private Cell committed(CellAddress address) {
    return partition.entry("k").cells().get(address);
  }

  @Test
  void aCellIsCopiedWhenItIsFirstAskedForAndNotAgain() {
    StateView first = partition.open();
    tally(first, AMOUNT).add(3);
    first.commit();
    Cell committed = committed(AMOUNT);
    StateView view = partition.open();
    Tally own = tally(view, AMOUNT);
    assertNotSame(committed, own);
    assertSame(own, tally(view, AMOUNT));
    own.add(1);
    assertEquals(3, ((Tally) committed).amount());
    assertSame(committed, committed(AMOUNT));
    view.commit();
    assertSame(own, committed(AMOUNT));
  }

  @Test
  void aKeyMayBeNullAndShareItsTimeWithOthers() {
    Timer timer = new Timer("t", TimerDomain.EVENT_TIME, 10, 10);
    StateView first = partition.open();
    first.key(null).setTimer(timer);
    first.commit();
    assertEquals(10, partition.earliest(TimerDomain.EVENT_TIME));
    StateView second = partition.open();
    second.key("k").setTimer(timer);
    second.commit();
    List<Object> due = Due.of(partition.open(), Map.of(TimerDomain.EVENT_TIME, 11L));
    assertEquals(Arrays.asList(null, "k"), due);
    StateView third = partition.open();
    third.key(null).removeTimer("t");
    third.commit();
    assertEquals(List.of("k"), Due.of(partition.open(), Map.of(TimerDomain.EVENT_TIME, 11L)));
  }

  @Test
  void aCommitOfOneCellLeavesTheOthersAsTheyAre() {
    StateView first = partition.open();
    tally(first, AMOUNT).add(1);
    tally(first, OTHER).add(2);
    first.commit();
    Cell untouched = committed(OTHER);
    StateView second = partition.open();
    tally(second, AMOUNT).add(5);
    second.commit();
    assertSame(untouched, committed(OTHER));
  }
}
