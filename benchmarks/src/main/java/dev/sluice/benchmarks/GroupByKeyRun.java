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
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * One GroupByKey in this process; reports seconds. Values are random bytes, which do not compress.
 * Arguments: encoded MB, "many" or "one" key, the temporary folder.
 */
final class GroupByKeyRun {
  private static final int VALUE_BYTES = 1000;
  private static final int KEYS = 1_000_000;

  private GroupByKeyRun() {}

  public static void main(String[] args) {
    long records = Long.parseLong(args[0]) * 1_000_000 / VALUE_BYTES;
    long keys = args[1].equals("one") ? 1 : KEYS;
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=SluiceRunner", "--tempFolder=" + args[2])
                .create());
    pipeline
        .apply(GenerateSequence.from(0).to(records))
        .apply("Make", ParDo.of(new MakePairs(keys)))
        .setCoder(KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of()))
        .apply(GroupByKey.create())
        .apply("Sum", ParDo.of(new CountBytes()));
    long start = System.nanoTime();
    var result = pipeline.run();
    result.waitUntilFinish();
    double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = Committed.counter(result, GroupByKeyRun.class, "bytes");
    if (bytes != records * VALUE_BYTES) {
      throw new IllegalStateException(bytes + " bytes came out of " + records * VALUE_BYTES);
    }
    Child.report(seconds);
  }

  private static final class MakePairs extends DoFn<Long, KV<Long, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final long keys;

    MakePairs(long keys) {
      this.keys = keys;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<KV<Long, byte[]>> output) {
      byte[] value = new byte[VALUE_BYTES];
      new Random(n).nextBytes(value);
      output.output(KV.of(n * 2_654_435_761L % keys, value));
    }
  }

  private static final class CountBytes extends DoFn<KV<Long, Iterable<byte[]>>, Void> {
    private static final long serialVersionUID = 1L;

    private final Counter bytes = Metrics.counter(GroupByKeyRun.class, "bytes");

    @ProcessElement
    public void process(@Element KV<Long, Iterable<byte[]>> group) {
      long sum = 0;
      for (byte[] value : group.getValue()) {
        sum += value.length;
      }
      bytes.inc(sum);
    }
  }
}
