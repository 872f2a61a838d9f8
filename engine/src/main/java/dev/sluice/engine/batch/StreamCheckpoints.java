package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Inlet.Place;
import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.exec.Continuation;
import dev.sluice.engine.exec.StreamSnapshot;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The checkpoints of a stream: taken between two batches, written by a thread of its own while
 * batches go on, one at a time. For use by the thread that runs the batches.
 *
 * <p>The first checkpoint of a process is a full one. Those after it have what has changed, until
 * they are together as large as the full one or too many; then comes the next full one.
 */
final class StreamCheckpoints implements AutoCloseable {
  private static final int MAX_DELTAS = 20;

  private final Recovery recovery;
  private final Clock clock;
  private final Continuation continuation;
  private final Inlets inlets;
  private final Runnable onWritten;
  private final CheckpointFolder folder;
  private final ExecutorService writer;
  private Future<Long> writing;
  private long writingBatch;
  private boolean writingFull;
  private long takenBatch;
  private long takenMs = Long.MIN_VALUE;
  private long fullBytes = -1;
  private long deltaBytes;
  private int deltas;

  /** Claims the folder; {@code onWritten} is called when something was written, on any thread. */
  StreamCheckpoints(
      Recovery recovery, Clock clock, Continuation continuation, Inlets inlets, Runnable onWritten)
      throws IOException {
    this.recovery = recovery;
    this.clock = clock;
    this.continuation = continuation;
    this.inlets = inlets;
    this.onWritten = onWritten;
    this.folder =
        CheckpointFolder.open(
            recovery.store(), clock, recovery.owner(), recovery.leaseMs(), recovery.takeOver());
    String name = Thread.currentThread().getName() + "-checkpoints";
    this.writer = Executors.newSingleThreadExecutor(work -> new Thread(work, name));
  }

  /**
   * Takes over what an earlier process has left; calls user code.
   *
   * @return the last batch that it covers, -1 if there is none
   */
  long restore() throws IOException {
    takenBatch = -1;
    folder.restore(
        in -> {
          takenBatch = in.readLong();
          continuation.restore(in);
          inlets.readPlaces(in);
          recovery.attachment().restore().read(in);
        });
    takenMs = clock.nowMs();
    return takenBatch;
  }

  /** Whether a checkpoint after {@code batch}, the last that is committed, should be started. */
  boolean isDue(long batch) {
    long nowMs = clock.nowMs();
    // A clock that was set back starts the interval anew.
    takenMs = Math.min(takenMs, nowMs);
    return writing == null && batch > takenBatch && nowMs - takenMs >= recovery.intervalMs();
  }

  /** Whether the next one will be full. */
  boolean isNextFull() {
    return fullBytes < 0 || deltas >= MAX_DELTAS || deltaBytes > fullBytes;
  }

  /** Takes what there is after {@code batch} and begins to write it. */
  void start(long batch) throws IOException {
    boolean full = isNextFull();
    StreamSnapshot snapshot = continuation.snapshot(full);
    Place places = inlets.places();
    CheckpointFolder.Content attachment = recovery.attachment().save();
    takenBatch = batch;
    takenMs = clock.nowMs();
    writingBatch = batch;
    writingFull = full;
    writing =
        writer.submit(
            () -> {
              try {
                return folder.write(
                    batch,
                    full,
                    out -> {
                      out.writeLong(batch);
                      snapshot.write(out);
                      places.write(out);
                      attachment.write(out);
                    });
              } finally {
                onWritten.run();
              }
            });
  }

  /**
   * The batch up to which all has become durable by a checkpoint that was not asked for before, or
   * -1.
   *
   * @param wait whether to wait for one that is being written
   * @throws IOException if it could not be written
   */
  long takeDurable(boolean wait) throws IOException, InterruptedException {
    if (writing == null || (!wait && !writing.isDone())) {
      return -1;
    }
    try {
      note(writing.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException("the checkpoint after batch " + writingBatch + " failed", e.getCause());
    } finally {
      writing = null;
    }
    return writingBatch;
  }

  private void note(long bytes) {
    if (writingFull) {
      fullBytes = bytes;
      deltaBytes = 0;
      deltas = 0;
    } else {
      deltaBytes += bytes;
      deltas++;
    }
  }

  /** The batch after which a checkpoint was taken last. */
  long takenBatch() {
    return takenBatch;
  }

  /** Waits for what is being written, if anything is. */
  void finish() throws IOException {
    try {
      takeDurable(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same, and gives the folder up. */
  @Override
  public void close() throws IOException {
    writer.shutdown();
    try {
      finish();
    } finally {
      folder.close();
    }
  }
}
