package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.BlockLog;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.time.ManualClock;
import dev.sluice.engine.time.Watermark;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receiver that has failed is over, and not at its end. A batch may be taken between its failure
 * and the look at it: it must not be told that nothing will come any more.
 */
class FailedReceiverTest {
  private final Exception failure = new IllegalStateException("on purpose");

  @TempDir Path folder;

  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Stores a record that waits to be cut, and fails. */
  private static final class FailsAtOnce extends Receiver<Object> {
    private final Exception cause;

    FailsAtOnce(Exception cause) {
      this.cause = cause;
    }

    @Override
    public void onStart() {
      store("one");
      stop("fails", cause);
    }

    @Override
    public void onStop() {}
  }

  private ReceiverSupervisor<Object> supervisor(BlockLog<Object> log) {
    return new ReceiverSupervisor<>(
        0,
        "fails",
        new FailsAtOnce(failure),
        ReceiverOptions.DEFAULTS,
        new BlockStore<>(
            new MemoryBudget(1 << 20), new TempFiles(folder), KryoCodec.values(List.of()), log),
        new ManualClock(0),
        () -> {},
        event -> {
          if (event instanceof ReceiverEvent.Stopped) {
            stopped.countDown();
          }
        });
  }

  private void awaitStopped() throws InterruptedException {
    assertTrue(stopped.await(1, TimeUnit.MINUTES), "it has not stopped");
  }

  @Test
  void isNotTakenForItsEnd() throws Exception {
    ReceiverSupervisor<Object> failing = supervisor(BlockLog.none());
    ReceiverInlet inlet =
        new ReceiverInlet(
            List.of(failing), List.of(ReceiverPlace.START), null, StreamOptions.DEFAULTS);
    inlet.start();
    awaitStopped();

    assertNotEnded(inlet.take(), 1);
    inlet.committed();
    assertNotEnded(inlet.take(), 0);
    assertSame(failure, inlet.failure());
    inlet.close();
  }

  private static void assertNotEnded(Inlet.Taken taken, int records) {
    assertEquals(records, taken.records().getAsLong());
    assertFalse(taken.ended());
    assertTrue(taken.watermark() < Watermark.END);
  }

  @Test
  void isKnownToHaveFailedBeforeItIsOver() throws Exception {
    FailureAtCut log = new FailureAtCut();
    ReceiverSupervisor<Object> failing = supervisor(log);
    log.supervisor.complete(failing);
    failing.start();
    awaitStopped();

    assertSame(failure, log.seen);
    failing.close();
  }

  /** Looks whether there is a failure when the last block is cut: the receiver is over then. */
  private static final class FailureAtCut implements BlockLog<Object> {
    private final CompletableFuture<ReceiverSupervisor<Object>> supervisor =
        new CompletableFuture<>();
    private volatile Throwable seen;

    @Override
    public void append(Block<Object> block) {
      seen = supervisor.join().failure();
    }

    @Override
    public Object lastMark() {
      return null;
    }

    @Override
    public void sync() {}
  }
}
