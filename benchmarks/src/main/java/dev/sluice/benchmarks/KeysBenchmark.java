package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * A sum of longs for each of many live keys: does it fit into the heap, and does a record of a busy
 * key cost more when many keys are idle? Arguments: idle keys in millions (10), the heap (8g).
 */
public final class KeysBenchmark {
  private static final String CHILD = "child";
  private static final long BUSY_KEYS = 10_000;
  private static final long BUSY_RECORDS = 2_000_000;

  private KeysBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length > 0 && args[0].equals(CHILD)) {
      Child.report(run(Long.parseLong(args[1])));
      return;
    }
    long idle = (args.length > 0 ? Long.parseLong(args[0]) : 10) * 1_000_000;
    String heap = args.length > 1 ? args[1] : "8g";
    double alone = Child.run(heap, KeysBenchmark.class, CHILD, "0");
    double beside = Child.run(heap, KeysBenchmark.class, CHILD, "" + idle);
    System.out.printf(
        Locale.ROOT,
        "a record of %,d busy keys, -Xmx%s: %.0f ns alone, %.0f ns beside %,d idle keys, ratio"
            + " %.2f%n",
        BUSY_KEYS,
        heap,
        alone,
        beside,
        idle,
        beside / alone);
  }

  /** Nanoseconds a record of the busy keys. */
  private static double run(long idleKeys) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=SluiceRunner", "--streaming=true").create());
    pipeline
        .apply(GenerateSequence.from(0).to(idleKeys + 2 * BUSY_RECORDS))
        .apply(ParDo.of(new Key(idleKeys)))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply(ParDo.of(new Sum(idleKeys + BUSY_RECORDS)));
    pipeline.run().waitUntilFinish();
    return (Sum.LAST.get() - Sum.FIRST.get()) / (double) BUSY_RECORDS;
  }

  private static final class Key extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    private final long idleKeys;

    Key(long idleKeys) {
      this.idleKeys = idleKeys;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<KV<Long, Long>> output) {
      output.output(KV.of(n < idleKeys ? -n : n % BUSY_KEYS, n));
    }
  }

  private static final class Sum extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;

    private static final AtomicLong FIRST = new AtomicLong();
    private static final AtomicLong LAST = new AtomicLong();

    @StateId("sum")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    private final long measuredFrom;

    Sum(long measuredFrom) {
      this.measuredFrom = measuredFrom;
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @StateId("sum") ValueState<Long> sum) {
      Long before = sum.read();
      sum.write(pair.getValue() + (before == null ? 0 : before));
      if (pair.getValue() >= measuredFrom) {
        FIRST.compareAndSet(0, System.nanoTime());
        LAST.set(System.nanoTime());
      }
    }
  }
}
