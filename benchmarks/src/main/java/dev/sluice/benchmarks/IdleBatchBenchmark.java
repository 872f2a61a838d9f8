package dev.sluice.benchmarks;

import dev.sluice.engine.batch.Script;
import dev.sluice.engine.batch.StreamJob;
import dev.sluice.engine.batch.StreamListeners;
import dev.sluice.engine.batch.StreamOptions;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.coder.CoderCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * What a batch costs in which no record comes and only the watermark moves, through ten stages.
 * Argument: how many batches (20000).
 */
public final class IdleBatchBenchmark {
  private static final int STAGES = 10;
  private static final int ROUNDS = 5;

  private IdleBatchBenchmark() {}

  /** Runs it. */
  public static void main(String[] args)
      throws JobFailedException, JobCancelledException, InterruptedException {
    int batches = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      run(batches);
      double micros = (System.nanoTime() - start) / 1e3 / batches;
      System.out.printf(
          Locale.ROOT,
          "round %d: an idle batch of %d stages takes %.1f us, %,.0f a second%n",
          round,
          STAGES,
          micros,
          1e6 / micros);
    }
  }

  private static void run(int batches)
      throws JobFailedException, JobCancelledException, InterruptedException {
    Environment environment = Scratch.environment(2, 1 << 20, Clock.system());
    try {
      new StreamJob(
              plan(batches),
              JobOptions.DEFAULTS,
              StreamOptions.DEFAULTS.withBatchDurationMs(1),
              environment,
              new StreamListeners(new NoListener(), List.of(), event -> {}))
          .run();
    } finally {
      environment.close();
    }
  }

  private static StagePlan plan(int batches) {
    Codec<Long> codec = new CoderCodec<>(VarLongCoder.of(), "benchmark");
    List<Script.Event> events = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      events.add(new Script.AdvanceWatermark(i));
    }
    PlanBuilder builder = new PlanBuilder();
    Port port = builder.source("source", new Script<>(events, codec), codec);
    Operator<Long> pass =
        context -> {
          Output<Long> output = context.output(0);
          return output::emit;
        };
    for (int i = 1; i < STAGES; i++) {
      port = builder.operator("pass " + i, pass, List.of(port), codec);
      Exchange exchange =
          new Exchange.Routed<>(
              (scope, partitions) -> record -> 0, codec, Exchange.DEFAULT_PARTITIONS);
      port = builder.port(builder.exchange("exchange " + i, exchange, List.of(port)), 0, codec);
    }
    builder.operator("end", pass, List.of(port), codec);
    return Planner.plan(builder.build());
  }
}
