package dev.sluice.benchmarks;

import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * One stream in this process in which each of many keys keeps a value of random bytes, and is
 * touched a second time when all have been; reports records a second. Arguments: keys, bytes of a
 * value, where state is, the temporary folder.
 */
final class LargeStateRun {
  private LargeStateRun() {}

  public static void main(String[] args) {
    long keys = Long.parseLong(args[0]);
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=SluiceRunner",
                    "--streaming=true",
                    // What a batch touches is on the heap until it is committed.
                    "--maxBatchRecords=10000",
                    "--stateStore=" + args[2],
                    "--tempFolder=" + args[3])
                .create());
    pipeline
        .apply(GenerateSequence.from(0).to(2 * keys))
        .apply("Key", ParDo.of(new Key(keys)))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply("Keep", ParDo.of(new Keep(Integer.parseInt(args[1]))));
    long start = System.nanoTime();
    var result = pipeline.run();
    result.waitUntilFinish();
    double seconds = (System.nanoTime() - start) / 1e9;
    long found = Committed.counter(result, LargeStateRun.class, "found");
    if (found != keys) {
      throw new IllegalStateException(found + " of " + keys + " keys had kept their value");
    }
    Child.report(2 * keys / seconds);
  }

  /** Spreads keys, so that neighbours in the database are not touched one after another. */
  private static final class Key extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    private final long keys;

    Key(long keys) {
      this.keys = keys;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<KV<Long, Long>> output) {
      output.output(KV.of(n % keys * 0x9E3779B97F4A7C15L, n));
    }
  }

  private static final class Keep extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    private final Counter found = Metrics.counter(LargeStateRun.class, "found");
    private final int valueBytes;

    @StateId("value")
    private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value(ByteArrayCoder.of());

    Keep(int valueBytes) {
      this.valueBytes = valueBytes;
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @StateId("value") ValueState<byte[]> value) {
      byte[] before = value.read();
      if (before != null && before.length == valueBytes) {
        found.inc();
      }
      byte[] bytes = new byte[valueBytes];
      new Random(pair.getValue()).nextBytes(bytes);
      value.write(bytes);
    }
  }
}
