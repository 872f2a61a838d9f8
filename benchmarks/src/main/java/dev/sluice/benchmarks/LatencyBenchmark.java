package dev.sluice.benchmarks;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * How long after a window's end its counts come out: 10,000 records a second on an open loop, a
 * hundred keys, windows of 200 ms, batches of 20 ms, blocks of 10 ms. Arguments: seconds (30),
 * seconds to warm up (15).
 */
public final class LatencyBenchmark {
  private static final long PER_SECOND = 10_000;
  private static final long KEYS = 100;
  private static final Duration WINDOW = Duration.millis(200);
  private static final long START_DELAY_MS = 2_000;

  private LatencyBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 30;
    long warmUp = args.length > 1 ? Long.parseLong(args[1]) : 15;
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=SluiceRunner", "--batchDurationMs=20", "--blockIntervalMs=10")
                .create());
    long startMs = System.currentTimeMillis() + START_DELAY_MS;
    pipeline
        .apply(Read.from(new OnSchedule(startMs, PER_SECOND, (warmUp + seconds) * PER_SECOND)))
        .apply(MapElements.into(TypeDescriptors.longs()).via(number -> number % KEYS))
        .apply(Window.into(FixedWindows.of(WINDOW)))
        .apply(Count.perElement())
        .apply(ParDo.of(new NoteDelay(startMs + warmUp * 1000)));
    pipeline.run().waitUntilFinish();
    ConcurrentHistogram delays = NoteDelay.DELAYS;
    System.out.printf(
        Locale.ROOT,
        "%,d counts: %d ms behind the window's end at the median, %d at 99 %%, %d at most%n",
        delays.getTotalCount(),
        delays.getValueAtPercentile(50),
        delays.getValueAtPercentile(99),
        delays.getMaxValue());
  }

  private static final class NoteDelay extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    private static final ConcurrentHistogram DELAYS = new ConcurrentHistogram(3);

    private final long fromMs;

    NoteDelay(long fromMs) {
      this.fromMs = fromMs;
    }

    @ProcessElement
    public void process(BoundedWindow window) {
      long endMs = window.maxTimestamp().getMillis() + 1;
      if (endMs > fromMs) {
        DELAYS.recordValue(Math.max(0, System.currentTimeMillis() - endMs));
      }
    }
  }
}
