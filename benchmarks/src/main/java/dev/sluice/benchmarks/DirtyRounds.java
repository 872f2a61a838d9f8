package dev.sluice.benchmarks;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checkpoints, one after another: all keys get a record, then a checkpoint is taken, then the next
 * round begins. Called by the thread that runs the batches.
 */
final class DirtyRounds implements EngineListener {
  private final RecordedStream stream;
  private final long keys;
  private final int checkpoints;
  private final List<Checkpoint> taken = new ArrayList<>();

  private long committed;
  private long dirtyAt;
  private boolean asked;
  private boolean full;
  private long startNanos;
  private long lastEndNanos;
  private long batches;
  private long longestMs;
  private double longestGapMs;

  /**
   * A checkpoint.
   *
   * @param ms from when it was taken until its batch was told to be durable
   * @param batches how many were completed meanwhile, the longest of them taking {@code longestMs}
   * @param longestGapMs the longest time between the ends of two of them
   */
  private record Checkpoint(
      boolean full, double ms, long batches, long longestMs, double longestGapMs) {}

  /** Thrown to end the stream when all is measured. */
  private static final class Measured extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  DirtyRounds(RecordedStream stream, long keys, int checkpoints) {
    this.stream = stream;
    this.keys = keys;
    this.checkpoints = checkpoints;
  }

  void run() throws JobFailedException, JobCancelledException, InterruptedException {
    begin();
    try {
      stream.run(this);
    } catch (JobFailedException e) {
      if (!(e.getCause() instanceof Measured)) {
        throw e;
      }
    }
  }

  /** Each key has one of any so many numbers that follow one another. */
  private void begin() {
    dirtyAt = committed + keys;
    asked = false;
    Bursts.until(dirtyAt);
  }

  @Override
  public void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.BatchCompleted batch) {
      completed(batch);
    } else if (event instanceof EngineEvent.CheckpointStarted checkpoint) {
      full = checkpoint.full();
      startNanos = System.nanoTime();
      lastEndNanos = startNanos;
      batches = 0;
      longestMs = 0;
      longestGapMs = 0;
    } else if (event instanceof EngineEvent.BatchDurable && asked) {
      durable();
    }
  }

  private void completed(EngineEvent.BatchCompleted batch) {
    committed += batch.records();
    batches++;
    longestMs = Math.max(longestMs, batch.durationMs());
    long now = System.nanoTime();
    longestGapMs = Math.max(longestGapMs, (now - lastEndNanos) / 1e6);
    lastEndNanos = now;
    if (!asked && committed >= dirtyAt) {
      asked = true;
      stream.askForCheckpoint();
    }
  }

  /** Of a checkpoint's batches the first that is told. */
  private void durable() {
    double ms = (System.nanoTime() - startNanos) / 1e6;
    taken.add(new Checkpoint(full, ms, batches, longestMs, longestGapMs));
    if (taken.size() == checkpoints) {
      throw new Measured();
    }
    begin();
  }

  /** Prints all but the first {@code warmUp}. */
  void print(int warmUp) {
    print("full", warmUp, true);
    print("of changes", warmUp, false);
  }

  private void print(String kind, int warmUp, boolean ofFull) {
    List<Checkpoint> some =
        taken.stream().skip(warmUp).filter(checkpoint -> checkpoint.full() == ofFull).toList();
    if (some.isEmpty()) {
      System.out.println("no checkpoint " + kind + ": measure more");
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "a checkpoint %s, %,d cells changed of %,d: durable after %s ms; meanwhile %s batches, the"
            + " longest of %s ms, at most %s ms between the ends of two%n",
        kind,
        keys,
        keys,
        new Figures(some.stream().map(Checkpoint::ms).toList()),
        new Figures(some.stream().map(each -> (double) each.batches()).toList()),
        new Figures(some.stream().map(each -> (double) each.longestMs()).toList()),
        new Figures(some.stream().map(Checkpoint::longestGapMs).toList()));
  }
}
