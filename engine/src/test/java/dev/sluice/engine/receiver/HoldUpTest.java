package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What makes a store wait, and what ends the wait. */
class HoldUpTest {
  private static final ReceiverOptions TWO_BLOCKS = ReceiverOptions.DEFAULTS.withQueuedBlocks(2);

  private static Bed<HandReceiver> full() {
    Bed<HandReceiver> bed = Bed.byHand(TWO_BLOCKS);
    bed.receiver.store(List.of("a"));
    bed.receiver.store(List.of("b"));
    return bed;
  }

  @Test
  void holdsUpTheStoreOfABlockWhileTheQueueIsFull() {
    try (Bed<HandReceiver> bed = full()) {
      Thread third = Bed.heldUp(() -> bed.receiver.store(List.of("c")));
      assertEquals(2, bed.supervisor.waitingBlocks());
      assertEquals(1, bed.supervisor.take(1).blocks().size());
      Wait.join(third);
      assertEquals(List.of(List.of("b"), List.of("c")), bed.takeAll());
    }
  }

  @Test
  void holdsUpTheStoreOfARecordWhileTheQueueIsFull() {
    try (Bed<HandReceiver> bed = full()) {
      Thread third = Bed.heldUp(() -> bed.receiver.store("c"));
      bed.supervisor.take(1);
      Wait.join(third);
      assertEquals(List.of(List.of("b"), List.of("c")), bed.takeAll());
    }
  }

  @Test
  void movesMarkAndWatermarkEvenWhileTheQueueIsFull() {
    try (Bed<HandReceiver> bed = full()) {
      bed.receiver.store(List.of(), "m", 9);
      bed.receiver.watermark(10);
      bed.supervisor.take(1);
      Taken<String> last = bed.supervisor.take(1);
      assertEquals("m", last.blocks().get(0).endMark());
      assertEquals(10, last.watermark());
    }
  }

  @Test
  void endsTheWaitOfAThreadThatIsInterrupted() {
    try (Bed<HandReceiver> bed = full()) {
      AtomicReference<RuntimeException> thrown = new AtomicReference<>();
      AtomicBoolean flag = new AtomicBoolean();
      Thread third =
          Bed.heldUp(
              () -> {
                thrown.set(
                    assertThrows(NotStoredException.class, () -> bed.receiver.store(List.of("c"))));
                flag.set(Thread.interrupted());
              });
      third.interrupt();
      Wait.join(third);
      assertInstanceOf(InterruptedException.class, thrown.get().getCause());
      assertTrue(flag.get());
      assertTrue(bed.receiver.isStarted());
      assertEquals(List.of(List.of("a"), List.of("b")), bed.takeAll());
    }
  }

  @Test
  void drainsWhenPausedAndGoesOnWhenResumed() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      assertEquals(State.RUNNING, bed.supervisor.state());
      bed.receiver.store("a");
      bed.supervisor.pause();
      assertEquals(State.PAUSING, bed.supervisor.state());
      Thread second = Bed.heldUp(() -> bed.receiver.store("b"));
      assertEquals(List.of(List.of("a")), bed.takeAll());
      assertEquals(State.PAUSED, bed.supervisor.state());
      Wait.untilHeldUp(second);
      assertFalse(bed.supervisor.waiting());
      bed.supervisor.resume();
      Wait.join(second);
      assertEquals(State.RUNNING, bed.supervisor.state());
      assertEquals(List.of(List.of("b")), bed.takeAll());
    }
  }

  @Test
  void storesNoMoreThanTheMaximumRate() {
    try (Bed<HandReceiver> bed = Bed.byHand(ReceiverOptions.DEFAULTS.withMaxRate(100))) {
      AtomicInteger stored = new AtomicInteger();
      Thread storing =
          Bed.heldUp(
              () -> {
                while (stored.get() < 100) {
                  bed.receiver.store("x");
                  stored.incrementAndGet();
                }
              });
      for (int step = 0; step < 99; step++) {
        int expected = step + 1;
        Wait.until("one record for each 10 ms", () -> stored.get() == expected);
        Wait.untilHeldUp(storing);
        bed.clock.advance(10);
      }
      Wait.join(storing);
      assertEquals(100, stored.get());
    }
  }

  @Test
  void holdsTheLowerOfTheMaximumAndTheRateOfBackPressure() {
    try (Bed<HandReceiver> bed = Bed.byHand(ReceiverOptions.DEFAULTS.withMaxRate(1_000))) {
      bed.supervisor.rate(2_000);
      bed.receiver.store("a");
      Thread second = Bed.heldUp(() -> bed.receiver.store("b"));
      bed.clock.advance(1);
      Wait.join(second);
      bed.supervisor.rate(10);
      Thread third = Bed.heldUp(() -> bed.receiver.store("c"));
      bed.clock.advance(99);
      Wait.untilHeldUp(third);
      assertEquals(2, bed.supervisor.take(10).blocks().stream().mapToLong(Block::count).sum());
      bed.clock.advance(1);
      Wait.join(third);
      Thread fourth = Bed.heldUp(() -> bed.receiver.store("d"));
      bed.supervisor.rate(Double.POSITIVE_INFINITY);
      bed.clock.advance(1);
      Wait.join(fourth);
      for (double wrong : new double[] {0, -1, Double.NaN}) {
        assertThrows(IllegalArgumentException.class, () -> bed.supervisor.rate(wrong));
      }
    }
  }

  @Test
  void letsALargeBlockPassAndThoseAfterItWait() {
    try (Bed<HandReceiver> bed = Bed.byHand(ReceiverOptions.DEFAULTS.withMaxRate(10))) {
      bed.receiver.store(Collections.nCopies(20, "x"));
      Thread second = Bed.heldUp(() -> bed.receiver.store("y"));
      bed.clock.advance(1_999);
      Wait.untilHeldUp(second);
      assertTrue(second.isAlive());
      bed.clock.advance(1);
      Wait.join(second);
    }
  }

  @Test
  void boundsWhatManyThreadsQueue() {
    int threads = 4;
    int each = 50;
    try (Bed<HandReceiver> bed = Bed.byHand(TWO_BLOCKS)) {
      List<Thread> storing = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        storing.add(
            DaemonThread.start(
                "storing-" + thread,
                () -> {
                  for (int i = 0; i < each; i++) {
                    bed.receiver.store(List.of("x"));
                  }
                }));
      }
      long taken = 0;
      while (taken < (long) threads * each) {
        assertTrue(bed.supervisor.waitingBlocks() <= 2 + threads);
        taken += bed.supervisor.take(3).blocks().size();
        Thread.onSpinWait();
      }
      storing.forEach(Wait::join);
      assertFalse(bed.supervisor.waiting());
    }
  }
}
