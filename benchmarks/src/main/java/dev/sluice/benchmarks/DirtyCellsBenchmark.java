package dev.sluice.benchmarks;

import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
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
 * How long it takes until a checkpoint is durable for which every cell has changed, full ones and
 * those of changes, while batches go on with ten thousand records a second. Arguments: keys, each
 * with a cell of a long (1000000), checkpoints (16), of which those not counted (4).
 */
public final class DirtyCellsBenchmark {
  private DirtyCellsBenchmark() {}

  /** Runs it. */
  public static void main(String[] args)
      throws IOException, JobFailedException, JobCancelledException, InterruptedException {
    long keys = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int checkpoints = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply("Numbers", Read.from(new Bursts()))
        .apply("Keys", WithKeys.of((Long n) -> n % keys).withKeyType(TypeDescriptors.longs()))
        .apply("Sum", ParDo.of(new Sum()));
    try (ScratchFolder folder = new ScratchFolder("sluice-dirty")) {
      RecordedStream stream = new RecordedStream(pipeline, folder.path());
      DirtyRounds rounds = new DirtyRounds(stream, keys, checkpoints);
      rounds.run();
      rounds.print(warmUp);
    }
  }

  private static final class Sum extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("sum")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @StateId("sum") ValueState<Long> sum) {
      Long before = sum.read();
      sum.write(pair.getValue() + (before == null ? 0 : before));
    }
  }
}
