package dev.sluice.engine.stream;

import dev.sluice.engine.batch.Ledger;
import dev.sluice.engine.receiver.DaemonThread;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a context, one after another, each with its threads. Safe for use by many threads.
 */
final class Runs {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
  private static final long CLOSE_TIMEOUT_MS = 20_000;

  private final Graph graph;
  private final Announcements announcements;
  private final StreamingOptions options;
  private final Clock clock;
  private final RateControl rates;
  private final LifeCycle life = new LifeCycle();
  private CheckpointOptions checkpoint;
  private Backlog backlog;
  private Run last;

  private record Run(Scheduler scheduler, Thread thread, JobThread jobs) {}

  Runs(Graph graph, Announcements announcements, StreamingOptions options) {
    this.graph = graph;
    this.announcements = announcements;
    this.options = options;
    this.clock = graph.rdds().environment().clock();
    this.rates = RateControl.of(options.backpressure(), graph.batchMs(), announcements);
    this.checkpoint = options.checkpoint();
    this.backlog = backlog(Durability.none());
  }

  private Backlog backlog(Durability durability) {
    return new Backlog(graph, announcements, options.maxQueuedBatches(), durability);
  }

  synchronized void checkpoint(CheckpointOptions newCheckpoint) {
    graph.checkOpen("a folder for checkpoints");
    checkpoint = newCheckpoint;
  }

  synchronized Ledger ledger() {
    return backlog.ledger();
  }

  StreamState state() {
    return life.state();
  }

  synchronized void start() {
    StreamState before = life.starting();
    if (before == StreamState.ACTIVE) {
      LOG.warn("{} was started already: this start has no effect", options.name());
      return;
    }
    boolean first = before == StreamState.INITIALIZED;
    if (first) {
      graph.compile(checkpoint != null);
    }
    awaitThread();
    begin(first);
    JobThread jobs = new JobThread(options.name());
    BatchRun batches = new BatchRun(graph, announcements, clock);
    Scheduler scheduler = new Scheduler(backlog, batches, rates, jobs, this::ended);
    Thread thread = DaemonThread.create(options.name() + "-scheduler", scheduler);
    last = new Run(scheduler, thread, jobs);
    thread.start();
  }

  private void begin(boolean first) {
    if (first && checkpoint != null) {
      backlog = backlog(new StreamCheckpoints(options.name(), graph, checkpoint, announcements));
    }
    try {
      backlog.restart(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    if (first) {
      graph.outputs().forEach(output -> output.discardOthers(backlog.nextMs()));
    }
  }

  /** On the scheduler's thread, as the last thing it does. */
  private void ended(Throwable failure) {
    announcements.tell(new StreamEvent.StreamingStopped(failure));
    life.ended(failure);
  }

  void stop(boolean graceful) {
    Run run = last();
    if (run == null) {
      return;
    }
    if (life.stopping()) {
      run.scheduler().stop(graceful);
    }
    if (!run.jobs().isCurrent()) {
      joined(run.thread(), 0);
    }
  }

  void await() throws InterruptedException {
    life.await();
  }

  boolean await(Duration timeout) throws InterruptedException {
    return life.await(timeout);
  }

  /** Ends everything but what it was made with; false if that was done before. */
  boolean close() {
    Run run = last();
    if (run != null && run.jobs().isCurrent()) {
      throw new IllegalStateException(
          "a function of a batch cannot close its context, which would wait for it: call stop()");
    }
    if (life.closed() == StreamState.CLOSED) {
      return false;
    }
    if (run != null) {
      run.scheduler().stop(false);
      run.jobs().interrupt();
      if (!joined(run.thread(), CLOSE_TIMEOUT_MS)) {
        LOG.warn(
            "a batch does not end {} ms after its interruption: left behind", CLOSE_TIMEOUT_MS);
      }
    }
    graph.inputs().forEach(Input::close);
    try {
      durability().close();
    } catch (IOException e) {
      LOG.warn("the checkpoint folder could not be given up: others wait for its lease", e);
    }
    return true;
  }

  private synchronized Durability durability() {
    return backlog.durability();
  }

  private synchronized Run last() {
    return last;
  }

  /** The last run has told that it is over; its thread ends now. */
  private void awaitThread() {
    if (last != null) {
      joined(last.thread(), 0);
    }
  }

  /** Waits for a thread; false if it does not end in time, or this one is interrupted. */
  private static boolean joined(Thread thread, long timeoutMs) {
    try {
      TimeUnit.MILLISECONDS.timedJoin(thread, timeoutMs == 0 ? Long.MAX_VALUE : timeoutMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}
