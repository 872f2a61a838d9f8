package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.receiver.BlockLog;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.receiver.Unread;
import dev.sluice.engine.time.ManualClock;
import dev.sluice.engine.time.Watermark;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that lend their readers to batches are waited for between two of them. */
class SettlingLendersTest {
  @TempDir Path folder;

  private final Semaphore arrivals = new Semaphore(0);

  /** Lends what it has each time it may, and ends when it may not any more. */
  private static final class Lender extends Receiver<Object> {
    private final Semaphore mayLend = new Semaphore(1);
    private volatile boolean atEnd;

    @Override
    public void onStart() throws InterruptedException {
      mayLend.acquire();
      while (!atEnd) {
        store(new One(), null, Watermark.START);
        mayLend.acquire();
      }
      end();
    }

    @Override
    public void onStop() {
      atEnd = true;
      mayLend.release();
    }
  }

  private static final class One implements Unread<Object> {
    @Override
    public long count() {
      return 1;
    }

    @Override
    public void forEach(Consumer<? super Object> consumer) {
      consumer.accept("one");
    }

    @Override
    public void release() {}
  }

  private void awaitArrival() throws InterruptedException {
    assertTrue(arrivals.tryAcquire(1, TimeUnit.MINUTES), "nothing has arrived");
    arrivals.drainPermits();
  }

  @Test
  void untilTheyHaveLentAgainOrAreOver() throws Exception {
    Lender lender = new Lender();
    ReceiverSupervisor<Object> supervisor =
        new ReceiverSupervisor<>(
            0,
            "lends",
            lender,
            ReceiverOptions.DEFAULTS,
            new BlockStore<>(
                new MemoryBudget(1 << 20),
                new TempFiles(folder),
                KryoCodec.values(List.of()),
                BlockLog.none()),
            new ManualClock(0),
            arrivals::release,
            event -> {});
    ReceiverInlet inlet =
        new ReceiverInlet(
            List.of(supervisor), List.of(ReceiverPlace.START), null, StreamOptions.DEFAULTS);
    inlet.start();
    awaitArrival();
    assertFalse(inlet.settling(), "nothing was lent before");

    assertEquals(1, inlet.take().records().getAsLong());
    inlet.committed();
    assertTrue(inlet.settling(), "it has not lent again");

    lender.mayLend.release();
    awaitArrival();
    assertFalse(inlet.settling(), "it has lent again");

    inlet.take();
    inlet.committed();
    lender.onStop();
    awaitArrival();
    assertFalse(inlet.settling(), "nothing more will come");
    inlet.close();
  }
}
