package dev.sluice.engine.batch;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.exec.Continuation;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.JobProgress;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.PidRateEstimator;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.state.StateStore;
import dev.sluice.engine.time.Watermark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A stream plan, run batch by batch until every source is at its end and nothing is left to do.
 *
 * <p>The thread that calls {@link #run} takes what sources have, has a job run on it, and takes
 * again: at once where a timer or work that was put off is due, at the pace of the batch duration
 * where receivers bring records. It alone writes the ledger, and calls no user code: jobs are
 * driven by a thread of their own. {@link #cancel}, {@link #drain} and what only looks may be
 * called by any thread.
 */
public final class StreamJob {
  private static final long LOOK_MS = 1_000;

  private final StagePlan plan;
  private final JobOptions options;
  private final StreamOptions streaming;
  private final Environment environment;
  private final StreamListeners listeners;
  private final Recovery recovery;
  private final Ledger ledger = new Ledger();
  private final PidRateEstimator rates;
  private final Semaphore arrivals = new Semaphore(0);
  private final Inlets inlets;
  private final Pace pace;
  private volatile boolean cancelled;
  private volatile boolean draining;
  private volatile Job job;
  private volatile JobThread jobs;
  private volatile boolean starting = true;
  private Continuation continuation;
  private StreamCheckpoints checkpoints;
  private long committed = -1;
  private long durable = -1;

  /** A stream that has not started, and of which nothing is kept. */
  public StreamJob(
      StagePlan plan,
      JobOptions options,
      StreamOptions streaming,
      Environment environment,
      StreamListeners listeners) {
    this(plan, options, streaming, environment, listeners, null);
  }

  /** A stream that has not started, and goes on where {@code recovery} has a checkpoint. */
  public StreamJob(
      StagePlan plan,
      JobOptions options,
      StreamOptions streaming,
      Environment environment,
      StreamListeners listeners,
      Recovery recovery) {
    this.plan = plan;
    this.recovery = recovery;
    this.options =
        options.withSkipEmptyPartitions(true).withSpeculation(JobOptions.Speculation.OFF);
    this.streaming = streaming;
    this.environment = environment;
    this.listeners = listeners;
    this.rates = new PidRateEstimator(streaming.batchDurationMs());
    this.inlets = new Inlets(environment, streaming, listeners, this::arrived);
    this.pace = new Pace(streaming.batchDurationMs(), streaming.fixedTicks(), environment.clock());
  }

  /**
   * Runs to the end. To be called once.
   *
   * @throws JobFailedException if a task failed as often as it may, or a receiver for good
   * @throws JobCancelledException after {@link #cancel}, when every thread has ended
   * @throws InterruptedException if this thread is interrupted; the stream is cancelled then
   */
  public void run() throws JobFailedException, JobCancelledException, InterruptedException {
    Throwable failure = null;
    jobs = new JobThread();
    try {
      startUnlessCancelled();
      while (next()) {
        runBatch();
      }
      makeAllDurable();
    } catch (JobFailedException | JobCancelledException | InterruptedException e) {
      failure = e;
      throw e;
    } catch (Exception e) {
      failure = e;
      throw new JobFailedException(e.getMessage(), e);
    } finally {
      close(failure);
      jobs.close();
    }
  }

  /** Sources are split meanwhile, and state is restored, which may take long. */
  private void startUnlessCancelled() throws Exception {
    try {
      start();
    } catch (Exception e) {
      if (!cancelled) {
        throw e;
      }
      JobCancelledException cancellation = new JobCancelledException();
      cancellation.addSuppressed(e);
      throw cancellation;
    } finally {
      starting = false;
    }
  }

  private void start() throws Exception {
    continuation = newContinuation();
    if (recovery != null) {
      checkpoints =
          new StreamCheckpoints(recovery, environment.clock(), continuation, inlets, this::arrived);
      durable = jobs.call(checkpoints::restore);
      committed = durable;
      ledger.startBehind(durable);
    }
    jobs.run(() -> inlets.open(plan, continuation.partitions(), recovery != null));
  }

  private Continuation newContinuation() throws IOException {
    StateStore store = openStore();
    try {
      return new Continuation(plan, environment.executor().workers(), recovery != null, store);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private StateStore openStore() throws IOException {
    return switch (streaming.state()) {
      case HEAP -> StateStore.onHeap();
      case DISK -> StateStore.onDisk(environment.files().createFolder("state"));
    };
  }

  private void close(Throwable failure) throws JobFailedException {
    FirstFailure<Exception> closed = new FirstFailure<>();
    List<JobThread.Work> steps = new ArrayList<>();
    steps.add(inlets::close);
    if (checkpoints != null) {
      // What is being written may be read from the store, which closes with the continuation.
      steps.add(checkpoints::finish);
    }
    if (continuation != null) {
      steps.add(() -> jobs.run(continuation::close));
    }
    if (checkpoints != null) {
      steps.add(checkpoints::close);
    }
    for (JobThread.Work step : steps) {
      try {
        step.run();
      } catch (Exception e) {
        closed.add(e);
      }
    }
    Exception closing = closed.get();
    if (closing != null && failure == null) {
      throw new JobFailedException(closing.getMessage(), closing);
    } else if (closing != null) {
      failure.addSuppressed(closing);
    }
  }

  /** Waits until a batch is to be run; false at the end of the stream. */
  private boolean next() throws Exception {
    while (true) {
      if (cancelled) {
        throw new JobCancelledException();
      }
      if (draining) {
        draining = false;
        inlets.drain();
      }
      Throwable failure = inlets.failure();
      if (failure != null) {
        throw new JobFailedException("a receiver failed", failure);
      }
      checkpoint();
      boolean fixed = streaming.fixedTicks() && !inlets.scripted();
      if (!fixed && inlets.urgent()) {
        return true;
      }
      boolean waiting = inlets.waiting();
      boolean due =
          inlets.started() && continuation.due(inlets.nothing(committed + 1, durableBatch()));
      if (!fixed && due) {
        return true;
      }
      if (!waiting && !due) {
        if (inlets.goOn()) {
          continue;
        }
        if (inlets.ended()) {
          if (continuation.awaitsDurable()) {
            makeAllDurable();
            continue;
          }
          long resumesAt = continuation.resumesAt();
          if (resumesAt == Watermark.END) {
            return false;
          }
          if (inlets.scripted()) {
            // Only a script moves this clock, and there is none left.
            inlets.moveTo(resumesAt + 1);
            continue;
          }
        }
      }
      long leftMs = leftMs(waiting, fixed);
      if (leftMs == 0) {
        return true;
      }
      if (arrivals.tryAcquire(leftMs, TimeUnit.MILLISECONDS)) {
        arrivals.drainPermits();
      }
    }
  }

  /** How long there is to wait for the time of a batch, or for a timer; 0 for no more. */
  private long leftMs(boolean waiting, boolean fixed) {
    if (fixed) {
      return pace.leftMs(false, false);
    }
    return waiting ? Math.min(pace.leftMs(inlets.heldUp(), inlets.settling()), idleMs()) : idleMs();
  }

  /** How long nothing will be due that does not announce itself, at least 1. */
  private long idleMs() {
    if (inlets.scripted()) {
      return LOOK_MS;
    }
    long wakesAt = continuation.wakesAt();
    return wakesAt == Watermark.END
        ? LOOK_MS
        : Math.min(LOOK_MS, Math.max(1, wakesAt - inlets.clock().nowMs() + 1));
  }

  private void runBatch() throws Exception {
    long startMs = pace.start();
    BatchInput input = inlets.take(committed + 1, durableBatch());
    long number = ledger.plan(input.records(), startMs);
    tell(new EngineEvent.BatchPlanned(number, input.records()));
    try {
      run(input, number);
    } catch (Exception e) {
      tell(new EngineEvent.BatchFailed(number, e));
      throw e;
    }
    committed = number;
    ledger.move(number, BatchState.COMMITTED);
    inlets.committed();
    pace.end();
    long processingMs = environment.clock().nowMs() - startMs;
    tell(new EngineEvent.BatchCompleted(number, input.records(), processingMs));
    if (recovery == null) {
      // Nothing is kept for a later process: what is committed is as durable as it gets.
      release(number);
    }
    adjustRates(input.records(), processingMs);
  }

  /** The last batch that operators may take for durable; all of them if nothing is kept at all. */
  private long durableBatch() {
    return recovery == null ? Long.MAX_VALUE : durable;
  }

  /** Starts a checkpoint if it is time, and lets go what one has made durable. */
  private void checkpoint() throws IOException, InterruptedException {
    if (checkpoints == null) {
      return;
    }
    release(checkpoints.takeDurable(false));
    if (checkpoints.isDue(committed)) {
      startCheckpoint();
    }
  }

  private void startCheckpoint() throws IOException {
    tell(new EngineEvent.CheckpointStarted(committed, checkpoints.isNextFull()));
    checkpoints.start(committed);
  }

  private void makeAllDurable() throws IOException, InterruptedException {
    if (checkpoints == null) {
      return;
    }
    release(checkpoints.takeDurable(true));
    if (durable < committed) {
      startCheckpoint();
      release(checkpoints.takeDurable(true));
    }
  }

  /** All up to {@code batch} is durable: sources may be told. */
  private void release(long batch) {
    for (long b = durable + 1; b <= batch; b++) {
      ledger.move(b, BatchState.DURABLE);
      tell(new EngineEvent.BatchDurable(b));
      inlets.durable(1);
      ledger.move(b, BatchState.FINALIZED);
      tell(new EngineEvent.BatchFinalized(b));
    }
    durable = Math.max(durable, batch);
  }

  private void run(BatchInput input, long number) throws Exception {
    job =
        Job.continuing(
            plan, options, environment, listeners.tasks(), listeners.engine(), continuation, input);
    ledger.move(number, BatchState.RUNNING);
    tell(new EngineEvent.BatchStarted(number, input.records()));
    if (cancelled) {
      throw new JobCancelledException();
    }
    jobs.call(job::run);
  }

  private void adjustRates(long records, long processingMs) {
    if (!streaming.backpressure() || inlets.receivers().isEmpty()) {
      return;
    }
    long delayMs = Math.max(0, processingMs - streaming.batchDurationMs());
    OptionalDouble rate = rates.update(environment.clock().nowMs(), records, processingMs, delayMs);
    if (rate.isPresent()) {
      double each = rate.getAsDouble() / inlets.receivers().size();
      tell(new EngineEvent.RateChanged(each));
      for (ReceiverSupervisor<?> receiver : inlets.receivers()) {
        receiver.rate(each);
      }
    }
  }

  private void arrived() {
    arrivals.release();
  }

  /** Asks the stream to end soon; running attempts are interrupted, and so is its start. */
  public void cancel() {
    cancelled = true;
    Job running = job;
    JobThread thread = jobs;
    if (running != null) {
      running.cancel();
    } else if (starting && thread != null) {
      thread.interrupt();
    }
    arrived();
  }

  /** Reads nothing more; what has come is processed as if the sources had been at their end. */
  public void drain() {
    draining = true;
    arrived();
  }

  /** The batch that runs, or has run last. */
  public JobProgress progress() {
    Job running = job;
    return running == null ? new JobProgress(List.of()) : running.progress();
  }

  /** The batches and where they stand. */
  public Ledger ledger() {
    return ledger;
  }

  private void tell(EngineEvent event) {
    listeners.engine().forEach(listener -> listener.onEvent(event));
  }
}
