package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a receiver is stopped, and what is left of it. */
class StopTest {

  /** Stores numbers from threads of its own until it is stopped. */
  private static final class Counting extends Receiver<String> {
    private static final int THREADS = 3;

    final List<List<String>> stored = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @Override
    public void onStart() {
      for (int i = 0; i < THREADS; i++) {
        List<String> mine = new ArrayList<>();
        stored.add(mine);
        String prefix = i + ":";
        threads.add(DaemonThread.start("counting-" + i, () -> count(prefix, mine)));
      }
    }

    private void count(String prefix, List<String> mine) {
      for (int i = 0; !isStopped(); i++) {
        String record = prefix + i;
        if (i % 10 == 0) {
          store(List.of(record), i, i);
        } else {
          store(record);
        }
        mine.add(record);
      }
    }

    @Override
    public void onStop() {
      threads.forEach(Wait::join);
    }
  }

  /** Does its work in {@code onStart}: waits until it is told that it is over. */
  private static final class Working extends Receiver<String> {
    final CountDownLatch over = new CountDownLatch(1);
    volatile boolean interrupted;

    @Override
    public void onStart() {
      try {
        over.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      // As a receiver that hands in the rest of its work would.
      store("last");
    }

    @Override
    public void onStop() {
      over.countDown();
    }
  }

  /** Only an interrupt ends it. */
  private static final class Deaf extends Receiver<String> {
    @Override
    public void onStart() throws Exception {
      new CountDownLatch(1).await();
    }

    @Override
    public void onStop() {}
  }

  private static Set<String> threadsOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(n -> n.startsWith(name))
        .collect(Collectors.toSet());
  }

  @Test
  void losesNothingWhenItIsStoppedGracefullyAmidStores() {
    ReceiverOptions options = ReceiverOptions.DEFAULTS.withBlockIntervalMs(1).withQueuedBlocks(3);
    try (Bed<Counting> bed = Bed.started(new Counting(), options)) {
      List<String> taken = new ArrayList<>();
      while (taken.size() < 500) {
        bed.clock.advance(1);
        bed.takeAll().forEach(taken::addAll);
      }
      bed.supervisor.stop(true);
      assertEquals(bed.supervisor.waiting(), bed.supervisor.waitingBlocks() > 0);
      bed.takeAll().forEach(taken::addAll);
      assertEquals(State.STOPPED, bed.supervisor.state());
      for (int thread = 0; thread < Counting.THREADS; thread++) {
        String prefix = thread + ":";
        assertEquals(
            bed.receiver.stored.get(thread),
            taken.stream().filter(record -> record.startsWith(prefix)).toList());
      }
      assertNull(bed.supervisor.failure());
    }
  }

  @Test
  void letsAStoreThatWaitsSucceedWhenItIsStoppedGracefully() {
    try (Bed<HandReceiver> bed = Bed.byHand(ReceiverOptions.DEFAULTS.withQueuedBlocks(1))) {
      bed.receiver.store(List.of("a"));
      Thread second = Bed.heldUp(() -> bed.receiver.store(List.of("b")));
      bed.supervisor.stop(true);
      Wait.join(second);
      assertEquals(List.of(List.of("a"), List.of("b")), bed.takeAll());
      assertEquals(1, bed.receiver.stops.get());
    }
  }

  @Test
  void letsAStoreThatWaitsSucceedWhenTheReceiverStopsItself() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.supervisor.pause();
      Thread first = Bed.heldUp(() -> bed.receiver.store("a"));
      bed.receiver.stop("enough");
      Wait.until("stopped", () -> bed.supervisor.state() == State.STOPPED);
      Wait.join(first);
      assertEquals(List.of(List.of("a")), bed.takeAll());
    }
  }

  @Test
  void waitsForABlockThatIsBeingReadWhenItIsStoppedGracefully() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch stopping = new CountDownLatch(1);
      Thread storing =
          DaemonThread.start(
              "storing",
              () ->
                  bed.receiver.store(
                      Stream.of("a", "b")
                          .peek(
                              record -> {
                                reading.countDown();
                                await(stopping);
                              })
                          .iterator()));
      await(reading);
      Thread stop = DaemonThread.start("stopping", () -> bed.supervisor.stop(true));
      Wait.until("told to stop", () -> bed.receiver.stops.get() == 1);
      assertThrows(NotStoredException.class, () -> storeUntilRefused(bed.receiver));
      stopping.countDown();
      Wait.join(storing);
      Wait.join(stop);
      List<List<String>> taken = bed.takeAll();
      assertEquals(List.of("a", "b"), taken.get(taken.size() - 1));
    }
  }

  private static void storeUntilRefused(HandReceiver receiver) {
    while (true) {
      receiver.store("more");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void countsWhatIsStoredBetweenTheRequestAndTheReturnOfOnStart() {
    try (Bed<Working> bed = Bed.started(new Working(), ReceiverOptions.DEFAULTS)) {
      bed.supervisor.stop(true);
      assertFalse(bed.receiver.interrupted);
      assertEquals(List.of(List.of("last")), bed.takeAll());
      assertThrows(NotStoredException.class, () -> bed.receiver.store("late"));
      assertThrows(NotStoredException.class, () -> bed.receiver.store(List.of("late")));
    }
  }

  @Test
  void failsStoresAtOnceWhenItIsNotStoppedGracefully() {
    try (Bed<HandReceiver> bed = Bed.byHand(ReceiverOptions.DEFAULTS.withQueuedBlocks(1))) {
      bed.receiver.store("a");
      bed.receiver.store(List.of("b"));
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread third =
          Bed.heldUp(
              () ->
                  thrown.set(
                      assertThrows(NotStoredException.class, () -> bed.receiver.store("c"))));
      bed.supervisor.stop(false);
      Wait.join(third);
      assertTrue(thrown.get().getMessage().contains("stopped"), thrown.get().getMessage());
      assertEquals(List.of(List.of("a"), List.of("b")), bed.takeAll());
    }
  }

  @Test
  void interruptsAReceiverThatDoesNotReturn() {
    try (Bed<Deaf> bed = Bed.started(new Deaf(), ReceiverOptions.DEFAULTS)) {
      bed.supervisor.stop(false);
      assertEquals(State.STOPPED, bed.supervisor.state());
      assertNull(bed.supervisor.failure());
      assertEquals(0, bed.count(ReceiverEvent.Failed.class));
    }
  }

  @Test
  void leavesNoThreadsBehind() {
    for (int i = 0; i < 50; i++) {
      Bed<HandReceiver> bed = Bed.byHand();
      bed.receiver.store("a");
      bed.receiver.store(List.of("b"), "m", 1);
      List<Block<String>> blocks = bed.supervisor.take(10).blocks();
      bed.supervisor.committed(blocks.get(1));
      bed.close();
      assertEquals(List.of("m"), bed.receiver.committed);
      blocks.forEach(Block::release);
      assertEquals(0, bed.budget.usedBytes());
    }
    // A pool says that it has ended a moment before its thread has.
    Wait.until("its threads have ended", () -> threadsOf("hand").isEmpty());
  }

  @Test
  void freesTheThreadsOfAReceiverThatHasEnded() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.store("a");
      bed.receiver.end();
      Wait.until("its threads have ended", () -> threadsOf("hand").isEmpty());
      assertEquals(1, bed.receiver.stops.get());
      assertTrue(bed.receiver.isStopped());
      assertFalse(bed.receiver.isStarted());
      assertEquals(List.of(List.of("a")), bed.takeAll());
    }
  }

  @Test
  void stopsForGoodWithTheCauseThatTheReceiverGives() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      IllegalStateException cause = new IllegalStateException("no such topic");
      bed.receiver.store("a");
      int before = bed.arrivals.get();
      bed.receiver.stop("cannot go on", cause);
      Wait.until("stopped", () -> bed.supervisor.state() == State.STOPPED);
      assertSame(cause, bed.supervisor.failure());
      assertTrue(bed.arrivals.get() > before);
      assertEquals(
          List.of(new ReceiverEvent.Stopped(Bed.STREAM, "hand", "cannot go on", cause)),
          bed.seen(ReceiverEvent.Stopped.class));
      Taken<String> rest = bed.supervisor.take(10);
      assertEquals(List.of("a"), Bed.records(rest.blocks().get(0)));
      assertFalse(rest.ended());
    }
  }

  @Test
  void isNoFailureWithoutACause() {
    try (Bed<HandReceiver> bed = Bed.byHand()) {
      bed.receiver.stop("enough");
      Wait.until("stopped", () -> bed.supervisor.state() == State.STOPPED);
      assertNull(bed.supervisor.failure());
      assertEquals(1, bed.receiver.stops.get());
    }
  }

  @Test
  void isStartedOnce() {
    try (Bed<HandReceiver> bed = Bed.idle(new HandReceiver(), ReceiverOptions.DEFAULTS)) {
      assertEquals(State.CREATED, bed.supervisor.state());
      assertFalse(bed.supervisor.waiting());
      assertThrows(NotStoredException.class, () -> bed.receiver.store("early"));
      bed.supervisor.start();
      assertThrows(IllegalStateException.class, bed.supervisor::start);
      bed.supervisor.stop(true);
      bed.supervisor.stop(true);
      assertThrows(IllegalStateException.class, bed.supervisor::start);
    }
  }

  @Test
  void canBeStoppedBeforeItIsStarted() {
    try (Bed<HandReceiver> bed = Bed.idle(new HandReceiver(), ReceiverOptions.DEFAULTS)) {
      bed.supervisor.stop(true);
      assertEquals(State.STOPPED, bed.supervisor.state());
      assertThrows(IllegalStateException.class, bed.supervisor::start);
      assertEquals(0, bed.receiver.starts.get());
      assertEquals(0, bed.receiver.stops.get());
      assertEquals(List.of(), bed.events);
    }
  }

  @Test
  void worksForOneStreamAtATime() {
    HandReceiver receiver = new HandReceiver();
    assertThrows(IllegalStateException.class, receiver::streamId);
    assertFalse(receiver.isStarted());
    assertFalse(receiver.isStopped());
    try (Bed<HandReceiver> first = Bed.started(receiver, ReceiverOptions.DEFAULTS)) {
      assertEquals(Bed.STREAM, receiver.streamId());
      assertThrows(
          IllegalStateException.class, () -> Bed.started(receiver, ReceiverOptions.DEFAULTS));
      first.supervisor.stop(true);
      try (Bed<HandReceiver> second = Bed.started(receiver, ReceiverOptions.DEFAULTS)) {
        receiver.store("again");
        assertEquals(List.of(List.of("again")), second.takeAll());
        assertEquals(List.of(), first.takeAll());
      }
    }
  }
}
