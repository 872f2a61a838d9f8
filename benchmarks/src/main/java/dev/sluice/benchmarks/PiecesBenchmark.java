package dev.sluice.benchmarks;

import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.coder.CoderKeyCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Nanoseconds that a record, a timer or a key's state takes in one piece of the engine, on one
 * thread and in memory; the job or batch around it is included. Argument: the one to run (all).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PiecesBenchmark {
  private static final int RECORDS = 1 << 18;
  private static final int KEYS = 1 << 14;
  private static final CoderCodec<Long> CODEC = new CoderCodec<>(VarLongCoder.of(), "pieces");

  private Environment environment;
  private StagePlan exchange;
  private StagePlan grouping;
  private Batches counts;
  private Batches timers;

  /** Runs the benchmark by itself. */
  public static void main(String[] args) throws RunnerException {
    String one = args.length > 0 ? "." + args[0] : "";
    new Runner(new OptionsBuilder().include(PiecesBenchmark.class.getSimpleName() + one).build())
        .run();
  }

  /** Builds the plans. */
  @Setup
  public void setUp(Blackhole read) throws Exception {
    environment = Scratch.environment(1, 1L << 30, Clock.system());
    Operator<Long> readAll = context -> read::consume;
    exchange = behind(new Exchange.Pinned<>(CODEC), readAll);
    grouping =
        behind(
            new Exchange.Grouped<>(
                new ByRest(KEYS), new CoderKeyCodec<>(VarLongCoder.of(), "pieces"), CODEC, 1),
            readGroups(read));
    counts = batches(new KeptCounts(KEYS), RECORDS, true);
    counts.run();
    timers = batches(new KeptTimers(), KEYS, false);
  }

  private static Operator<Group<Long, Long>> readGroups(Blackhole read) {
    return context -> group -> group.values().forEach(read::consume);
  }

  private static StagePlan behind(Exchange exchange, Operator<?> operator) {
    PlanBuilder builder = new PlanBuilder();
    Port numbers = builder.source("numbers", Numbers.below(RECORDS), CODEC);
    Port sent = builder.port(builder.exchange("exchange", exchange, List.of(numbers)), 0, null);
    builder.operator("end", operator, List.of(sent), List.of());
    return Planner.plan(builder.build());
  }

  private Batches batches(Operator<Long> operator, int records, boolean recorded) {
    PlanBuilder builder = new PlanBuilder();
    Numbers numbers = Numbers.below(records);
    builder.operator("kept", operator, List.of(builder.source("numbers", numbers, CODEC)), CODEC);
    return new Batches(builder, numbers, environment, recorded);
  }

  /** Ends the engine's threads. */
  @TearDown
  public void tearDown() throws Exception {
    counts.close();
    timers.close();
    environment.close();
  }

  /** A record into an exchange, and out of it. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Object exchange() throws JobFailedException, JobCancelledException, InterruptedException {
    return run(exchange);
  }

  /** A record into the group of its key, and out of it. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Object grouping() throws JobFailedException, JobCancelledException, InterruptedException {
    return run(grouping);
  }

  /** A record that reads and writes its key's cell; each key has sixteen in a batch. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Object stateAccess()
      throws JobFailedException, JobCancelledException, InterruptedException {
    return counts.run();
  }

  /** A timer that is set, kept, and fires in the next batch. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Object timers() throws JobFailedException, JobCancelledException, InterruptedException {
    return timers.run();
  }

  /** A key's cell that goes into a checkpoint. */
  @Benchmark
  @OperationsPerInvocation(KEYS)
  public void checkpointEncoding() throws IOException {
    counts
        .continuation()
        .snapshot(true)
        .write(new DataOutputStream(OutputStream.nullOutputStream()));
  }

  private Object run(StagePlan plan)
      throws JobFailedException, JobCancelledException, InterruptedException {
    return new Job(plan, JobOptions.DEFAULTS, environment, new NoListener(), List.of()).run();
  }

  private record ByRest(long keys) implements Exchange.KeySelector<Long, Long, Long> {
    @Override
    public Long key(Long number) {
      return number % keys;
    }

    @Override
    public Long value(Long number) {
      return number;
    }
  }
}
