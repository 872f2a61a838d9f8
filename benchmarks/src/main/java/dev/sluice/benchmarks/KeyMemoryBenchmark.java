package dev.sluice.benchmarks;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/**
 * The bytes of the heap that a key and window take of which a stream keeps a sum of longs: what is
 * live behind 100,000 keys, and what behind a million more. Argument: the million (1000000).
 */
public final class KeyMemoryBenchmark {
  private static final long FEW = 100_000;
  private static final int COLLECTIONS = 3;
  private static final long POLL_NS = 100_000_000;

  /** Batches that have begun before the last key came are over by then. */
  private static final int POLLS_BEHIND = 30;

  private static final Duration WINDOW = Duration.standardDays(10_000);

  private KeyMemoryBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    long more = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    Bursts.until(FEW);
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=SluiceRunner", "--streaming=true").create());
    pipeline
        .apply(Read.from(new Bursts()))
        .apply(ParDo.of(new Pair()))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply(Window.into(FixedWindows.of(WINDOW)))
        .apply(Sum.longsPerKey());
    PipelineResult result = pipeline.run();
    Live before = live(FEW);
    Bursts.until(FEW + more);
    Live behind = live(FEW + more);
    result.cancel();
    System.out.printf(
        Locale.ROOT,
        "a key and window with a sum takes %.0f bytes: %,d keys %,d MB, %,d keys %,d MB%n",
        (behind.bytes() - before.bytes()) / (double) (behind.keys() - before.keys()),
        before.keys(),
        before.bytes() >> 20,
        behind.keys(),
        behind.bytes() >> 20);
  }

  private record Live(long keys, long bytes) {}

  /** What is live once {@code keys} have come; by then there are some more. */
  private static Live live(long keys) {
    while (Pair.SEEN.get() < keys) {
      LockSupport.parkNanos(POLL_NS);
    }
    for (int i = 0; i < POLLS_BEHIND; i++) {
      LockSupport.parkNanos(POLL_NS);
    }
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    long seen = Pair.SEEN.get();
    return new Live(seen, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
  }

  private static final class Pair extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    private static final AtomicLong SEEN = new AtomicLong();

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Long, Long>> output) {
      SEEN.incrementAndGet();
      output.output(KV.of(number, number));
    }
  }
}
