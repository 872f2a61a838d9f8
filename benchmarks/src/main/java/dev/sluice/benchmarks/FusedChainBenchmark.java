package dev.sluice.benchmarks;

import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Clock;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.dofn.DoFnOperator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Nanoseconds a record through ten trivial ParDos: as a stage of the engine, whole job included,
 * and through ten of Beam's own DoFn runners that call each other by hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class FusedChainBenchmark {
  private static final int PARDOS = 10;
  private static final int RECORDS = 1_000_000;

  private final WindowedValue<Long> record = WindowedValues.valueInGlobalWindow(42L);
  private Environment environment;
  private StagePlan plan;
  private HandChain chain;

  /** Runs the benchmark by itself. */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(FusedChainBenchmark.class.getSimpleName()).build())
        .run();
  }

  /** Builds both chains. */
  @Setup
  public void setUp() {
    environment = Scratch.environment(1, 1 << 20, Clock.system());
    PlanBuilder builder = new PlanBuilder();
    CoderCodec<WindowedValue<Long>> codec =
        new CoderCodec<>(
            WindowedValues.getFullCoder(VarLongCoder.of(), GlobalWindow.Coder.INSTANCE), "chain");
    Port port = builder.source("source", new Repeat(record, RECORDS), codec);
    for (int i = 0; i < PARDOS; i++) {
      port = builder.operator("ParDo" + i, new DoFnOperator<>(AddOne.step()), List.of(port), codec);
    }
    plan = Planner.plan(builder.build());
    chain = new HandChain(PARDOS);
  }

  /** Ends the engine's threads. */
  @TearDown
  public void tearDown() {
    environment.close();
  }

  /** The engine. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Object engine() throws JobFailedException, JobCancelledException, InterruptedException {
    return new Job(plan, JobOptions.DEFAULTS, environment, new NoListener(), List.of()).run();
  }

  /** The hand-made chain. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long byHand() {
    return chain.run(record, RECORDS);
  }

  private record Repeat(WindowedValue<Long> element, int times)
      implements Source<WindowedValue<Long>>, Source.Split<WindowedValue<Long>> {
    @Override
    public List<Repeat> splits(int parallelism, TaskScope scope) {
      return List.of(this);
    }

    @Override
    public void read(Output<WindowedValue<Long>> output, TaskScope scope) {
      for (int i = 0; i < times; i++) {
        output.emit(element);
      }
    }
  }
}
