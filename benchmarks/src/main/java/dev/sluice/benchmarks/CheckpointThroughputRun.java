package dev.sluice.benchmarks;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * One endless pipeline in this process; reports its records a second. Arguments: keys, seconds,
 * seconds to warm up, and the folder for checkpoints unless there are to be none.
 */
final class CheckpointThroughputRun {
  private static final int LEAST_CHECKPOINTS = 3;
  private static final long LOOK_MS = 100;

  private final PipelineResult result;
  private final File checkpoints;
  private final Set<String> seen = new HashSet<>();

  private CheckpointThroughputRun(long keys, String folder) {
    List<String> options = new ArrayList<>(List.of("--runner=SluiceRunner"));
    if (folder != null) {
      options.add("--checkpointDir=" + folder);
      options.add("--checkpointIntervalMs=10000");
    }
    checkpoints = folder == null ? null : new File(folder, "checkpoints");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(options.toArray(String[]::new)).create());
    pipeline
        .apply("Numbers", GenerateSequence.from(0))
        .apply("Keys", WithKeys.of((Long n) -> n % keys).withKeyType(TypeDescriptors.longs()))
        .apply("Sum", ParDo.of(new Sum()));
    result = pipeline.run();
  }

  public static void main(String[] args) throws InterruptedException {
    CheckpointThroughputRun run =
        new CheckpointThroughputRun(Long.parseLong(args[0]), args.length > 3 ? args[3] : null);
    Thread.sleep(Long.parseLong(args[2]) * 1_000);
    Child.report(run.recordsPerSecond(Long.parseLong(args[1])));
    Runtime.getRuntime().halt(0);
  }

  private double recordsPerSecond(long seconds) throws InterruptedException {
    look();
    int before = seen.size();
    long from = committed();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000;
    while (System.nanoTime() < end) {
      Thread.sleep(LOOK_MS);
      look();
    }
    double rate = (committed() - from) * 1e9 / (System.nanoTime() - start);
    if (checkpoints != null && seen.size() - before < LEAST_CHECKPOINTS) {
      throw new IllegalStateException("only checkpoints " + seen + ", " + before + " before");
    }
    return rate;
  }

  /** Notes the checkpoints that there are: a later one replaces those before it. */
  private void look() {
    String[] names = checkpoints == null ? null : checkpoints.list();
    for (String name : names == null ? new String[0] : names) {
      if (!name.startsWith(".")) {
        seen.add(name);
      }
    }
  }

  private long committed() {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(CheckpointThroughputRun.class, "records"))
            .build();
    return result.metrics().queryMetrics(filter).getCounters().iterator().next().getCommitted();
  }

  private static final class Sum extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("sum")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    private final Counter records = Metrics.counter(CheckpointThroughputRun.class, "records");

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @StateId("sum") ValueState<Long> sum) {
      Long before = sum.read();
      sum.write(pair.getValue() + (before == null ? 0 : before));
      records.inc();
    }
  }
}
