package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Restarts, their delays and what leads to them. */
class RestartTest {
  private static final ReceiverOptions DELAYS =
      ReceiverOptions.DEFAULTS.withRestartDelaysMs(2_000, 7_000);

  /** Fails as often as it is told to when it is started. */
  private static final class Failing extends Receiver<String> {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger failures;
    volatile Throwable thrown = new IOException("connection refused");

    Failing(int failures) {
      this.failures = new AtomicInteger(failures);
    }

    @Override
    public void onStart() throws Exception {
      calls.add("start");
      if (failures.getAndDecrement() > 0) {
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (Exception) thrown;
      }
    }

    @Override
    public void onStop() {
      calls.add("stop");
    }
  }

  /** Blocks in {@code onStart} until {@code onStop} closes what it waits for. */
  private static final class Blocking extends Receiver<String> {
    volatile CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger starts = new AtomicInteger();
    volatile String stoppedOn;

    @Override
    public void onStart() throws Exception {
      starts.incrementAndGet();
      closed.await();
      throw new IOException("closed");
    }

    @Override
    public void onStop() {
      stoppedOn = Thread.currentThread().getName();
      CountDownLatch current = closed;
      closed = new CountDownLatch(1);
      current.countDown();
    }
  }

  /** The delay of the restart with this number, once it has been announced. */
  private static long delayMs(Bed<?> bed, int restart) {
    Wait.until("restart " + restart, () -> bed.count(ReceiverEvent.Restarting.class) >= restart);
    return bed.seen(ReceiverEvent.Restarting.class).get(restart - 1).delayMs();
  }

  private static void awaitStarts(Bed<HandReceiver> bed, int starts) {
    Wait.until("start " + starts, () -> bed.receiver.starts.get() == starts);
    Wait.until("started", bed.receiver::isStarted);
  }

  private static <R extends Receiver<String>> Bed<R> bed(R receiver) {
    return Bed.started(receiver, DELAYS);
  }

  @Test
  void startsAgainAfterADelayThatDoublesUpToABound() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      long[] delays = {2_000, 4_000, 7_000, 7_000};
      for (int i = 0; i < delays.length; i++) {
        bed.receiver.restart("lost the connection");
        assertEquals(delays[i], delayMs(bed, i + 1));
        assertEquals(State.RESTARTING, bed.supervisor.state());
        assertTrue(bed.receiver.isStopped());
        assertEquals(i + 1, bed.receiver.stops.get());
        bed.clock.advance(delays[i] - 1);
        assertEquals(i + 1, bed.receiver.starts.get());
        bed.clock.advance(1);
        awaitStarts(bed, i + 2);
      }
    }
  }

  @Test
  void beginsWithTheFirstDelayAgainAfterAStore() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      bed.receiver.restart("first");
      assertEquals(2_000, delayMs(bed, 1));
      bed.clock.advance(2_000);
      awaitStarts(bed, 2);
      bed.receiver.store("success");
      bed.receiver.restart("second");
      assertEquals(2_000, delayMs(bed, 2));
    }
  }

  @Test
  void takesADelayThatTheReceiverGives() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      bed.receiver.restart("at once", null, 0);
      awaitStarts(bed, 2);
      assertEquals(0, delayMs(bed, 1));
    }
  }

  @Test
  void reportsWhatOnStartThrowsAndStopsBeforeEachStart() {
    try (Bed<Failing> bed = Bed.idle(new Failing(2), DELAYS)) {
      bed.supervisor.start();
      for (int failure = 1; failure <= 2; failure++) {
        bed.clock.advance(delayMs(bed, failure));
      }
      Wait.until("third start", () -> bed.receiver.calls.size() == 5);
      assertEquals(List.of("start", "stop", "start", "stop", "start"), bed.receiver.calls);
      List<ReceiverEvent.Failed> failed = bed.seen(ReceiverEvent.Failed.class);
      assertEquals(2, failed.size());
      assertSame(bed.receiver.thrown, failed.get(0).cause());
      Wait.until("running", () -> bed.supervisor.state() == State.RUNNING);
    }
  }

  @Test
  void stopsForGoodAtAnError() {
    Failing receiver = new Failing(1);
    receiver.thrown = new LinkageError("wrong version");
    try (Bed<Failing> bed = Bed.idle(receiver, DELAYS)) {
      bed.supervisor.start();
      Wait.until("stopped", () -> bed.supervisor.state() == State.STOPPED);
      assertSame(receiver.thrown, bed.supervisor.failure());
      assertEquals(List.of("start", "stop"), receiver.calls);
    }
  }

  @Test
  void waitsForTheDelayAndNoLongerWhenTheClockIsSetBack() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      bed.receiver.restart("lost the connection");
      assertEquals(2_000, delayMs(bed, 1));
      bed.clock.advance(-3_600_000);
      int looks = bed.looks.get();
      Wait.until("the new time is seen", () -> bed.looks.get() > looks);
      bed.clock.advance(1_999);
      int later = bed.looks.get();
      Wait.until("this, too", () -> bed.looks.get() > later + 1);
      assertEquals(1, bed.receiver.starts.get());
      bed.clock.advance(1);
      awaitStarts(bed, 2);
    }
  }

  @Test
  void callsOnStopWhileOnStartIsBlocked() {
    try (Bed<Blocking> bed = bed(new Blocking())) {
      bed.receiver.restart("stale", null, 0);
      Wait.until("second start", () -> bed.receiver.starts.get() == 2);
      assertEquals("hand-stop", bed.receiver.stoppedOn);
      Wait.until("started", bed.receiver::isStarted);
      bed.supervisor.stop(true);
      assertEquals(State.STOPPED, bed.supervisor.state());
      assertEquals(2, bed.receiver.starts.get());
    }
  }

  @Test
  void doesNotWaitForTheDelayWhenItIsStopped() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      bed.receiver.restart("lost the connection");
      delayMs(bed, 1);
      bed.supervisor.stop(true);
      assertEquals(State.STOPPED, bed.supervisor.state());
      assertEquals(1, bed.receiver.starts.get());
      assertEquals(1, bed.receiver.stops.get());
    }
  }

  @Test
  void keepsWhatWasStoredBefore() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      bed.receiver.store("a");
      bed.receiver.restart("again", null, 0);
      awaitStarts(bed, 2);
      bed.receiver.store("b");
      assertEquals(List.of(List.of("a", "b")), bed.takeAll());
    }
  }

  @Test
  void goesOnAfterAnErrorThatIsOnlyReported() {
    try (Bed<HandReceiver> bed = bed(new HandReceiver())) {
      IOException cause = new IOException("a malformed line");
      bed.receiver.reportError("left out a line", cause);
      assertEquals(
          List.of(new ReceiverEvent.Failed(Bed.STREAM, "hand", "left out a line", cause)),
          bed.seen(ReceiverEvent.Failed.class));
      assertTrue(bed.receiver.isStarted());
    }
  }
}
