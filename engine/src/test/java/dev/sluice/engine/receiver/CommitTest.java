package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Marks on their way back to the receiver. */
class CommitTest {

  /** Cannot commit its first mark. */
  private static final class Refusing extends Receiver<String> {
    final List<Object> committed = new ArrayList<>();

    @Override
    public void onStart() {}

    @Override
    public void onStop() {}

    @Override
    public synchronized void onCommitted(Object mark) throws Exception {
      committed.add(mark);
      if (committed.size() == 1) {
        throw new IOException("broker is away");
      }
    }

    synchronized int commits() {
      return committed.size();
    }
  }

  private static List<Block<String>> store(Bed<?> bed, Object... marks) {
    List<Block<String>> blocks = new ArrayList<>();
    for (Object mark : marks) {
      bed.receiver.store(List.of("record"), mark, 0);
      blocks.addAll(bed.supervisor.take(Long.MAX_VALUE).blocks());
    }
    return blocks;
  }

  private static void awaitCommits(Bed<HandReceiver> bed, int count) {
    Wait.until(count + " commits", () -> bed.receiver.committed.size() >= count);
  }

  @Test
  void handsMarksInOrderOnAThreadOfTheirOwn() {
    Object[] marks = IntStream.range(0, 200).boxed().toArray();
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      for (Block<String> block : store(bed, marks)) {
        bed.supervisor.committed(block);
      }
      awaitCommits(bed, marks.length);
      assertEquals(List.of(marks), bed.receiver.committed);
      assertTrue(bed.receiver.committedOn.stream().allMatch("hand-acknowledge"::equals));
    }
  }

  @Test
  void handsEachMarkOnce() {
    Bed<HandReceiver> bed = Bed.byHand();
    try (bed) {
      List<Block<String>> blocks = store(bed, 1, 2, 3);
      bed.receiver.store("a");
      blocks.addAll(bed.supervisor.take(1).blocks());
      // Twice, too late, and one that ends where the one before it does.
      for (int i : new int[] {0, 0, 2, 1, 2, 3}) {
        bed.supervisor.committed(blocks.get(i));
      }
    }
    assertEquals(List.of(1, 3), bed.receiver.committed);
  }

  @Test
  void tellsEqualMarksApart() {
    Bed<HandReceiver> bed = Bed.byHand();
    try (bed) {
      store(bed, "same", "same").forEach(bed.supervisor::committed);
    }
    assertEquals(List.of("same", "same"), bed.receiver.committed);
  }

  @Test
  void leavesOutBlocksWithoutAMark() {
    Bed<HandReceiver> bed = Bed.byHand();
    try (bed) {
      store(bed, null, null, "m").forEach(bed.supervisor::committed);
    }
    assertEquals(List.of("m"), bed.receiver.committed);
  }

  @Test
  void handsMarksOfAReceiverThatHasEnded() {
    Bed<HandReceiver> bed = Bed.byHand();
    try (bed) {
      List<Block<String>> blocks = store(bed, "m");
      bed.receiver.end();
      bed.supervisor.stop(true);
      bed.supervisor.committed(blocks.get(0));
      awaitCommits(bed, 1);
    }
    assertEquals(List.of("m"), bed.receiver.committed);
  }

  @Test
  void reportsACommitThatFailsAndGoesOn() {
    try (Bed<Refusing> bed = Bed.started(new Refusing(), ReceiverOptions.DEFAULTS)) {
      store(bed, 1, 2).forEach(bed.supervisor::committed);
      Wait.until("two commits", () -> bed.receiver.commits() == 2);
      List<ReceiverEvent.Failed> failed = bed.seen(ReceiverEvent.Failed.class);
      assertEquals("broker is away", failed.get(0).cause().getMessage());
      assertTrue(bed.receiver.isStarted());
    }
  }
}
