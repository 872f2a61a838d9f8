package dev.sluice.runner;

import dev.sluice.engine.batch.StreamJob;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobProgress;

/** What the engine does for a pipeline: a job, or a stream of them. */
sealed interface EngineRun {

  /** Runs to the end, once. */
  void run() throws JobFailedException, JobCancelledException, InterruptedException;

  /** Asks for an end soon. */
  void cancel();

  /** Reads nothing more, and ends when what has come is processed. */
  void drain();

  JobProgress progress();

  /** A bounded pipeline. */
  record Bounded(Job job) implements EngineRun {
    @Override
    public void run() throws JobFailedException, JobCancelledException, InterruptedException {
      job.run();
    }

    @Override
    public void cancel() {
      job.cancel();
    }

    @Override
    public void drain() {
      throw new UnsupportedOperationException(
          "a bounded pipeline ends by itself: wait for it, cancel it, or run it with --streaming");
    }

    @Override
    public JobProgress progress() {
      return job.progress();
    }
  }

  /** A pipeline that is run batch by batch. */
  record Streaming(StreamJob stream) implements EngineRun {
    @Override
    public void run() throws JobFailedException, JobCancelledException, InterruptedException {
      stream.run();
    }

    @Override
    public void cancel() {
      stream.cancel();
    }

    @Override
    public void drain() {
      stream.drain();
    }

    @Override
    public JobProgress progress() {
      return stream.progress();
    }
  }
}
