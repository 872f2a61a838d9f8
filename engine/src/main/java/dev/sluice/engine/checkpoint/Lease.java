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

  private final DurableStore store;
  private final Clock clock;
  private final long durationMs;
  private final long epoch;
  private final ScheduledExecutorService renewals;
  private ScheduledFuture<?> renewal;
  private long beat;
  private IOException failure;

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
      if (last > 0 && !takeOver) {
        long leftMs = leftMs(store, last, clock);
        if (leftMs > 0) {
          throw new FolderInUseException(store.describe(), owner(store, last), leftMs);
        }
      }
      Lease lease = new Lease(store, clock, durationMs, last + 1);
      try {
        store.create(epochName(last + 1), out -> new DataOutputStream(out).writeUTF(owner));
      } catch (FileAlreadyExistsException e) {
        // Somebody was faster: see who.
        lease.renewals.shutdownNow();
        continue;
      }
      lease.renew();
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

  private static String owner(DurableStore store, long epoch) throws IOException {
    try (DataInputStream in = new DataInputStream(store.read(epochName(epoch)))) {
      return in.readUTF();
    }
  }

  /** How long the lease of {@code epoch} still runs; at most 0 if it has run out. */
  private static long leftMs(DurableStore store, long epoch, Clock clock) throws IOException {
    List<String> beats = store.list(BEATS + String.format("%010d-", epoch));
    if (beats.isEmpty()) {
      return 0;
    }
    try (DataInputStream in = new DataInputStream(store.read(beats.get(beats.size() - 1)))) {
      return in.readLong() - clock.nowMs();
    } catch (NoSuchFileException e) {
      // It was renewed, or given up, since the names were listed.
      return leftMs(store, epoch, clock);
    }
  }

  private String beatName(long number) {
    return BEATS + String.format("%010d-%016d", epoch, number);
  }

  private synchronized void renew() throws IOException {
    long expiresAtMs = clock.nowMs() + durationMs;
    store.create(beatName(beat), out -> new DataOutputStream(out).writeLong(expiresAtMs));
    if (beat > 0) {
      store.delete(beatName(beat - 1));
    }
    beat++;
    failure = null;
  }

  /** A failure is told by {@link #check}, unless a later renewal succeeds. */
  private void renewQuietly() {
    try {
      renew();
    } catch (IOException e) {
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
      // A renewal under way must not come after the deletion.
      renewals.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (beat > 0) {
        store.delete(beatName(beat - 1));
      }
    }
  }
}
