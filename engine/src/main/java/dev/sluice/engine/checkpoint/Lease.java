package dev.sluice.engine.checkpoint;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.Clock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The right to write checkpoints, for one driver at a time. Renewed by a thread of its own while
 * the driver lives; a driver that was stopped for longer than that finds out by {@link #check}.
 */
final class Lease implements AutoCloseable {
  private static final String EPOCHS = "epochs/";
  private static final String BEATS = "beats/";

  /** A time of expiry that is over. */
  private static final long GIVEN_UP = 0;

  private final DurableStore store;
  private final Clock clock;
  private final long durationMs;
  private final long epoch;
  private final ScheduledExecutorService renewals;
  private ScheduledFuture<?> renewal;
  private long nextBeat;
  private long oldestBeat;
  private Exception failure;

  private Lease(DurableStore store, Clock clock, long durationMs, long epoch) {
    this.store = store;
    this.clock = clock;
    this.durationMs = durationMs;
    this.epoch = epoch;
    this.renewals =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "sluice-lease");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Claims the next epoch.
   *
   * @param takeOver whether a lease that still runs is no obstacle
   * @throws FolderInUseException if it is one
   */
  static Lease claim(
      DurableStore store, Clock clock, long durationMs, String owner, boolean takeOver)
      throws IOException {
    while (true) {
      long last = lastEpoch(store);
      if (last > 0 && !takeOver && !checkFree(store, clock, last)) {
        continue;
      }
      long expiresAtMs = clock.nowMs() + durationMs;
      try {
        store.create(
            epochName(last + 1),
            out -> {
              DataOutputStream data = new DataOutputStream(out);
              data.writeLong(expiresAtMs);
              data.writeUTF(owner);
            });
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster: see who.
        continue;
      }
      Lease lease = new Lease(store, clock, durationMs, last + 1);
      long everyMs = Math.max(1, durationMs / 3);
      lease.renewal =
          lease.renewals.scheduleWithFixedDelay(
              lease::renewQuietly, everyMs, everyMs, TimeUnit.MILLISECONDS);
      return lease;
    }
  }

  private static String epochName(long epoch) {
    return EPOCHS + String.format("%010d", epoch);
  }

  private static long lastEpoch(DurableStore store) throws IOException {
    List<String> epochs = store.list(EPOCHS);
    return epochs.isEmpty()
        ? 0
        : Long.parseLong(epochs.get(epochs.size() - 1).substring(EPOCHS.length()));
  }

  /**
   * Makes sure that the lease of {@code epoch} does not run.
   *
   * @return false if that has to be looked at again
   */
  private static boolean checkFree(DurableStore store, Clock clock, long epoch) throws IOException {
    List<String> beats = store.list(BEATS + String.format("%010d-", epoch));
    // The claim itself counts until it is renewed for the first time.
    String newest = beats.isEmpty() ? epochName(epoch) : beats.get(beats.size() - 1);
    try {
      long leftMs = expiresAtMs(store, newest) - clock.nowMs();
      if (leftMs > 0) {
        throw new FolderInUseException(store.describe(), owner(store, epoch), leftMs);
      }
      return true;
    } catch (NoSuchFileException e) {
      // It was renewed, given up, or claimed by somebody else since the names were listed.
      return false;
    }
  }

  private static long expiresAtMs(DurableStore store, String name) throws IOException {
    try (DataInputStream in = new DataInputStream(store.read(name))) {
      return in.readLong();
    }
  }

  private static String owner(DurableStore store, long epoch) throws IOException {
    try (DataInputStream in = new DataInputStream(store.read(epochName(epoch)))) {
      in.readLong();
      return in.readUTF();
    }
  }

  private String beatName(long number) {
    return BEATS + String.format("%010d-%016d", epoch, number);
  }

  private synchronized void beat(long expiresAtMs) throws IOException {
    // A number is not used again: a file may be there although its creation failed.
    long number = nextBeat++;
    store.create(beatName(number), out -> new DataOutputStream(out).writeLong(expiresAtMs));
    for (; oldestBeat < number; oldestBeat++) {
      store.delete(beatName(oldestBeat));
    }
    failure = null;
  }

  /** A failure is told by {@link #check}, unless a later renewal succeeds. */
  private void renewQuietly() {
    try {
      beat(clock.nowMs() + durationMs);
    } catch (IOException | RuntimeException e) {
      synchronized (this) {
        failure = e;
      }
    }
  }

  long epoch() {
    return epoch;
  }

  /**
   * Makes sure that nobody has taken over.
   *
   * @throws FencedException if somebody has
   * @throws IOException if the lease could not be renewed
   */
  void check() throws IOException {
    long last = lastEpoch(store);
    if (last != epoch) {
      throw new FencedException(store.describe(), epoch, last);
    }
    synchronized (this) {
      if (failure != null) {
        throw new IOException(
            "the lease of the checkpoint folder " + store.describe() + " could not be renewed",
            failure);
      }
    }
  }

  /** What to throw for {@code failure}: who has taken over may have deleted what was written. */
  IOException fenced(IOException failure) {
    try {
      check();
      return failure;
    } catch (IOException e) {
      e.addSuppressed(failure);
      return e;
    }
  }

  /** Deletes the claims of drivers before this one. */
  void dropOlder() throws IOException {
    for (String name : store.list(EPOCHS)) {
      if (name.compareTo(epochName(epoch)) < 0) {
        store.delete(name);
      }
    }
    for (String name : store.list(BEATS)) {
      if (name.compareTo(beatName(0)) < 0) {
        store.delete(name);
      }
    }
  }

  /** Gives the lease up, so that another driver need not wait. */
  @Override
  public void close() throws IOException {
    renewal.cancel(false);
    renewals.shutdown();
    try {
      // A renewal under way must not come after what is written here.
      renewals.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    beat(GIVEN_UP);
  }
}
