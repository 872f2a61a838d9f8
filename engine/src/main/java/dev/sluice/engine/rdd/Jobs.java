package dev.sluice.engine.rdd;

import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.JobResult;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.StagePlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The jobs of a context. Safe for use by many threads, each of which runs its own job. */
final class Jobs {
  private final Environment environment;
  private final JobOptions options;
  private final TaskListener tasks;
  private final List<EngineListener> listeners;
  private final Set<Job> running = new HashSet<>();
  private boolean closed;

  Jobs(
      Environment environment,
      JobOptions options,
      TaskListener tasks,
      List<EngineListener> listeners) {
    this.environment = environment;
    // The number of a task is that of a partition: none may be left out.
    this.options = options.withSkipEmptyPartitions(false);
    this.tasks = tasks;
    this.listeners = listeners;
  }

  /** Runs a job on this thread. */
  JobResult run(StagePlan stages) {
    Job job = new Job(stages, options, environment, tasks, listeners);
    synchronized (this) {
      checkOpen();
      running.add(job);
    }
    try {
      return job.run();
    } catch (JobFailedException e) {
      throw RddException.of(e);
    } catch (JobCancelledException e) {
      throw RddException.stopped("the job was cancelled: its context was closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RddException.stopped("the thread that waited for the job was interrupted", e);
    } finally {
      synchronized (this) {
        running.remove(job);
        notifyAll();
      }
    }
  }

  synchronized void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the RddContext is closed: make a new one");
    }
  }

  /** Cancels what runs and waits for its end; false if that was done before. */
  synchronized boolean close() {
    if (closed) {
      return false;
    }
    closed = true;
    running.forEach(Job::cancel);
    boolean interrupted = false;
    // An executor that ended before its jobs would leave them waiting for ever.
    while (!running.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
