package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import dev.sluice.engine.time.Watermark;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How records become blocks, and what blocks say. */
class BlocksTest {
  private static final long ALL = Long.MAX_VALUE;

  @Test
  void cutsABlockWhenItsIntervalIsOver() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store("a");
      bed.clock.advance(199);
      bed.receiver.store("b");
      assertEquals(0, bed.arrivals.get());
      bed.clock.advance(1);
      Wait.until("a block has been cut", () -> bed.arrivals.get() == 1);
      bed.receiver.store("c");
      assertEquals(2, bed.supervisor.waitingBlocks());
      assertEquals(List.of(List.of("a", "b"), List.of("c")), bed.takeAll());
    }
  }

  @Test
  void cutsTheBlockThatIsBeingFilledWhenABatchTakesIt() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store("a");
      bed.receiver.store("b");
      assertTrue(bed.supervisor.waiting());
      assertEquals(List.of(List.of("a", "b")), bed.takeAll());
      assertFalse(bed.supervisor.waiting());
      bed.receiver.store("c");
      assertEquals(List.of(List.of("c")), bed.takeAll());
    }
  }

  @Test
  void makesNoEmptyBlocks() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      assertEquals(List.of(), bed.takeAll());
      bed.receiver.store(List.of());
      bed.receiver.store(List.of(), "mark", 5);
      bed.receiver.watermark(6);
      assertEquals(List.of(), bed.takeAll());
      bed.receiver.store("a");
      bed.takeAll();
      for (int i = 0; i < 10; i++) {
        bed.clock.advance(200);
        assertEquals(List.of(), bed.takeAll());
      }
    }
  }

  @Test
  void keepsRecordsThatAreStoredTogetherInOneBlockAndInOrder() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store("a");
      bed.receiver.store(List.of("b", "c"));
      bed.receiver.store("d");
      bed.receiver.store(List.of("e", "f").iterator());
      assertEquals(2, bed.arrivals.get());
      assertEquals(
          List.of(List.of("a"), List.of("b", "c"), List.of("d"), List.of("e", "f")), bed.takeAll());
    }
  }

  @Test
  void storesEncodedRecords() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Bed.strings().encode("a", bytes);
    Bed.strings().encode("bc", bytes);
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      ByteBuffer encoded = ByteBuffer.wrap(bytes.toByteArray());
      bed.receiver.store(encoded);
      bed.receiver.store(encoded);
      assertEquals(List.of(List.of("a", "bc"), List.of("a", "bc")), bed.takeAll());
    }
  }

  @Test
  void takesWholeBlocksUpToTheBoundButAtLeastOne() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store(List.of("a", "b", "c"));
      bed.receiver.store(List.of("d"));
      bed.receiver.store(List.of("e", "f"));
      bed.receiver.store("g");
      bed.receiver.store("h");
      assertEquals(1, bed.supervisor.take(2).blocks().size());
      assertEquals(2, bed.supervisor.take(4).blocks().size());
      // The one that was being filled has not been cut before it was taken.
      bed.receiver.store("i");
      List<Block<String>> last = bed.supervisor.take(1).blocks();
      assertEquals(List.of("g", "h", "i"), Bed.records(last.get(0)));
      assertEquals(3, last.get(0).number());
      assertEquals(3, last.get(0).count());
      assertEquals(Bed.STREAM, last.get(0).streamId());
    }
  }

  @Test
  void givesBlocksTheMarksAndTheWatermarkAroundThem() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store(List.of("a"), "m1", 10);
      bed.receiver.store("b");
      bed.receiver.store(List.of("c"), "m2", 20);
      List<Block<String>> blocks = bed.supervisor.take(ALL).blocks();
      assertNull(blocks.get(0).startMark());
      assertEquals("m1", blocks.get(0).endMark());
      assertEquals(10, blocks.get(0).watermark());
      assertEquals("m1", blocks.get(1).startMark());
      assertEquals("m1", blocks.get(1).endMark());
      assertEquals(10, blocks.get(1).watermark());
      assertEquals("m1", blocks.get(2).startMark());
      assertEquals("m2", blocks.get(2).endMark());
      assertEquals(20, blocks.get(2).watermark());
    }
  }

  @Test
  void movesTheMarkOfTheLastBlockThatWaitsButNotOfOneThatWasTaken() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store("a");
      bed.receiver.store(List.of(), "m1", 1);
      Taken<String> first = bed.supervisor.take(ALL);
      assertEquals("m1", first.blocks().get(0).endMark());
      assertEquals(1, first.blocks().get(0).watermark());
      bed.receiver.store(List.of(), "m2", 2);
      assertEquals("m1", first.blocks().get(0).endMark());
      bed.receiver.store(List.of("b"), "m3", 3);
      Block<String> second = bed.supervisor.take(ALL).blocks().get(0);
      assertEquals("m2", second.startMark());
      assertEquals("m3", second.endMark());
    }
  }

  @Test
  void answersTheWatermarkOfTheLastBlockTakenWhileOthersWait() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      assertEquals(Watermark.START, bed.supervisor.take(ALL).watermark());
      bed.receiver.store(List.of("a"), null, 10);
      bed.receiver.store("b");
      bed.receiver.watermark(20);
      bed.receiver.store("c");
      assertEquals(10, bed.supervisor.take(1).watermark());
      bed.receiver.watermark(30);
      Taken<String> rest = bed.supervisor.take(1);
      assertEquals(30, rest.watermark());
      assertEquals(30, rest.blocks().get(0).watermark());
    }
  }

  @Test
  void tellsOfAWatermarkWithoutRecordsOnce() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.watermark(10);
      assertEquals(1, bed.arrivals.get());
      assertTrue(bed.supervisor.waiting());
      assertEquals(10, bed.supervisor.take(ALL).watermark());
      assertFalse(bed.supervisor.waiting());
      assertEquals(10, bed.supervisor.take(ALL).watermark());
    }
  }

  @Test
  void neverMovesTheWatermarkBack() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.watermark(10);
      bed.receiver.watermark(5);
      bed.receiver.store(List.of("a"), null, 7);
      assertEquals(1 + 1, bed.arrivals.get());
      Taken<String> taken = bed.supervisor.take(ALL);
      assertEquals(10, taken.watermark());
      assertEquals(10, taken.blocks().get(0).watermark());
    }
  }

  @Test
  void endsAfterTheLastBlockHasBeenTaken() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store(List.of("a"), "m", 3);
      bed.receiver.store("b");
      bed.receiver.end();
      assertEquals(State.ENDED, bed.supervisor.state());
      Taken<String> first = bed.supervisor.take(1);
      assertFalse(first.ended());
      assertEquals(3, first.watermark());
      Taken<String> second = bed.supervisor.take(1);
      assertEquals(List.of("b"), Bed.records(second.blocks().get(0)));
      assertTrue(second.ended());
      assertEquals(Watermark.END, second.watermark());
      assertFalse(bed.supervisor.waiting());
      Taken<String> third = bed.supervisor.take(1);
      assertTrue(third.ended());
      assertEquals(List.of(), third.blocks());
      assertNull(bed.supervisor.failure());
    }
  }

  @Test
  void tellsOfTheEndOfAReceiverWithoutRecords() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.end();
      assertTrue(bed.supervisor.waiting());
      assertEquals(new Taken<>(List.of(), Watermark.END, true, null), bed.supervisor.take(ALL));
      assertFalse(bed.supervisor.waiting());
      assertThrows(NotStoredException.class, () -> bed.receiver.store("late"));
    }
  }

  @Test
  void storesNothingOfRecordsThatCannotBeReadToTheirEnd() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      Iterable<String> broken =
          () -> List.of("a", "b").stream().filter(BlocksTest::throwsAtTheSecond).iterator();
      assertThrows(UnsupportedOperationException.class, () -> bed.receiver.store(broken));
      assertEquals(List.of(), bed.takeAll());
      assertEquals(0, bed.budget.usedBytes());
      assertTrue(bed.receiver.isStarted());
    }
  }

  private static boolean throwsAtTheSecond(String record) {
    if (record.equals("b")) {
      throw new UnsupportedOperationException("no more");
    }
    return true;
  }
}
