package dev.sluice.benchmarks;

import dev.sluice.engine.exec.Continuation;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.RunInput;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.StagePlan;
import java.util.List;

/** A stream that gives the same numbers in each batch; the watermark is the batch's number. */
final class Batches {
  private final Numbers numbers;
  private final Environment environment;
  private final StagePlan plan;
  private final Continuation continuation;
  private long batch;

  /** {@code recorded} says whether there can be checkpoints. */
  Batches(PlanBuilder builder, Numbers numbers, Environment environment, boolean recorded) {
    this.numbers = numbers;
    this.environment = environment;
    this.plan = Planner.plan(builder.build());
    this.continuation = new Continuation(plan, 1, recorded);
  }

  /** Runs the next batch. */
  Object run() throws JobFailedException, JobCancelledException, InterruptedException {
    RunInput input = new Batch(numbers, ++batch);
    return Job.continuing(
            plan,
            JobOptions.DEFAULTS,
            environment,
            new NoListener(),
            List.of(),
            continuation,
            input)
        .run();
  }

  Continuation continuation() {
    return continuation;
  }

  /** Lets go of what the stream has kept. */
  void close() throws Exception {
    continuation.close();
  }

  private record Batch(Numbers numbers, long batch) implements RunInput {
    @Override
    public List<? extends Split<?>> splits(SourceNode source) {
      return List.of(numbers);
    }

    @Override
    public long watermark(SourceNode source) {
      return batch;
    }

    @Override
    public long processingTime() {
      return batch;
    }

    @Override
    public boolean hastensClock() {
      return false;
    }
  }
}
