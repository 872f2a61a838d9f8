package dev.sluice.engine.batch;

import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.Executor;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.exec.SeededExecutor;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a stream of a test runs on, with a clock that the test moves. After a stream, however it
 * ended, no memory and no file may be in use.
 */
final class StreamBed implements AutoCloseable {
  static final long BATCH_MS = 10;
  static final StreamOptions OPTIONS =
      StreamOptions.DEFAULTS.withBatchDurationMs(BATCH_MS).withMaxBatchRecords(1_000);

  final ManualClock clock = new ManualClock(1_000_000);
  final StreamLog log = new StreamLog();
  final List<ReceiverEvent> receiverEvents = new CopyOnWriteArrayList<>();
  private final TestBed bed;

  private StreamBed(Executor executor, long memoryBytes) {
    this.bed = new TestBed(executor, memoryBytes, clock);
  }

  /** One on which a task at a time runs, as if there were {@code workers} threads. */
  static StreamBed seeded(long seed, int workers) {
    return new StreamBed(new SeededExecutor(seed, workers), Backend.LARGE_BYTES);
  }

  static StreamBed threads(int workers) {
    return threads(workers, Backend.LARGE_BYTES);
  }

  /** One with a bound on what lies in memory. */
  static StreamBed threads(int workers, long memoryBytes) {
    return new StreamBed(new LocalExecutor("test", workers), memoryBytes);
  }

  StreamJob stream(StagePlan plan, JobOptions options, StreamOptions streaming) {
    return new StreamJob(
        plan,
        options,
        streaming,
        bed.environment(),
        new StreamListeners(log, List.of(log), receiverEvents::add));
  }

  /** A stream that goes on where {@code recovery} has a checkpoint; {@code also} is told of it. */
  StreamJob recovered(
      StagePlan plan, StreamOptions streaming, Recovery recovery, EngineListener also) {
    return new StreamJob(
        plan,
        JobOptions.DEFAULTS,
        streaming,
        bed.environment(),
        new StreamListeners(log, List.of(log, also), receiverEvents::add),
        recovery);
  }

  /** Options that keep state in a store that is drawn. */
  static StreamOptions drawn(Random random) {
    return OPTIONS.withState(random.nextInt(3) > 0 ? StateStorage.HEAP : StateStorage.DISK);
  }

  StreamJob stream(StagePlan plan) {
    return stream(plan, JobOptions.DEFAULTS, OPTIONS);
  }

  /** Runs a stream to its end; its ledger. */
  List<Ledger.Entry> run(StagePlan plan) throws Exception {
    return run(plan, OPTIONS);
  }

  List<Ledger.Entry> run(StagePlan plan, StreamOptions streaming) throws Exception {
    StreamJob stream = stream(plan, JobOptions.DEFAULTS, streaming);
    stream.run();
    bed.assertNothingLeft();
    return stream.ledger().entries();
  }

  /** Starts a stream on a thread of its own. */
  RunningStream start(StagePlan plan, StreamOptions streaming) {
    return new RunningStream(stream(plan, JobOptions.DEFAULTS, streaming), this);
  }

  RunningStream start(StagePlan plan) {
    return start(plan, OPTIONS);
  }

  /** Starts a stream of which nothing is noted. */
  RunningStream startUnlogged(StagePlan plan, StreamOptions streaming) {
    StreamJob job =
        new StreamJob(
            plan,
            JobOptions.DEFAULTS,
            streaming,
            bed.environment(),
            new StreamListeners(TestBed.NO_TASK_LISTENER, List.of(), event -> {}));
    return new RunningStream(job, this);
  }

  MemoryBudget memory() {
    return bed.environment().memory();
  }

  TempFiles files() {
    return bed.environment().files();
  }

  /** How many temporary files there are now. */
  int fileCount() {
    return bed.files().size();
  }

  void assertNothingLeft() {
    bed.assertNothingLeft();
  }

  @Override
  public void close() throws IOException {
    bed.close();
  }
}
