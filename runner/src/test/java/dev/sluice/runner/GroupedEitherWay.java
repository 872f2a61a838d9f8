package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * One generated grouping: late elements, windows and a result of each kind. It is run with the
 * default trigger, which the runner has short ways for, or with one that means the same and is left
 * to Beam's own machine.
 */
final class GroupedEitherWay {
  private static final int MAX_EVENTS = 60;
  private static final int MAX_TIME = 200;

  private final long seed;

  GroupedEitherWay(long seed) {
    this.seed = seed;
  }

  /** Results with their windows, times and panes, in natural order; last what was dropped. */
  List<String> run(boolean defaultTrigger, boolean streaming) {
    Random random = new Random(seed);
    Pipeline pipeline = Pipeline.create(TestOptions.of("--streaming=" + streaming));
    WindowFn<Object, ?> windowFn = windows(random, streaming);
    Trigger trigger =
        defaultTrigger ? DefaultTrigger.of() : Repeatedly.forever(AfterWatermark.pastEndOfWindow());
    TimestampCombiner times =
        random.nextInt(3) > 0
            ? TimestampCombiner.END_OF_WINDOW
            : random.nextBoolean() ? TimestampCombiner.EARLIEST : TimestampCombiner.LATEST;
    PCollection<KV<String, Long>> windowed =
        input(pipeline, random, streaming)
            .apply(
                Window.<KV<String, Long>>into(windowFn)
                    .triggering(trigger)
                    .withTimestampCombiner(times)
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes());
    Gathered<String> results = new Gathered<>();
    grouped(windowed, random).apply(results);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    List<String> all = new ArrayList<>(results.sorted());
    all.add("dropped " + dropped(result));
    return all;
  }

  /** Beam groups no stream in the global window under the default trigger. */
  private static WindowFn<Object, ?> windows(Random random, boolean streaming) {
    int sizeMs = random.nextInt(1, 80);
    Duration size = Duration.millis(sizeMs);
    return switch (random.nextInt(streaming ? 4 : 5)) {
      case 0 -> FixedWindows.of(size);
      case 1 -> SlidingWindows.of(size).every(Duration.millis(random.nextInt(1, sizeMs + 1)));
      case 2 -> Sessions.withGapDuration(size);
      case 3 -> new LongestWindows(sizeMs);
      default -> new GlobalWindows();
    };
  }

  private static TimestampedValue<KV<String, Long>> event(Random random) {
    return TimestampedValue.of(
        KV.of("k" + random.nextInt(4), (long) random.nextInt(10)),
        Instant.ofEpochMilli(random.nextInt(MAX_TIME)));
  }

  private static PCollection<KV<String, Long>> input(
      Pipeline pipeline, Random random, boolean streaming) {
    KvCoder<String, Long> coder = KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
    int events = random.nextInt(1, MAX_EVENTS);
    if (!streaming) {
      List<TimestampedValue<KV<String, Long>>> all = new ArrayList<>();
      for (int i = 0; i < events; i++) {
        all.add(event(random));
      }
      return pipeline.apply(Create.timestamped(all).withCoder(coder));
    }
    TestStream.Builder<KV<String, Long>> script = TestStream.create(coder);
    long watermark = 0;
    for (int i = 0; i < events; ) {
      TimestampedValue<?>[] more = new TimestampedValue<?>[random.nextInt(5)];
      TimestampedValue<KV<String, Long>> first = event(random);
      for (int m = 0; m < more.length; m++) {
        more[m] = event(random);
      }
      script = add(script, first, more);
      i += 1 + more.length;
      if (random.nextInt(3) == 0) {
        watermark += random.nextInt(60);
        script = script.advanceWatermarkTo(Instant.ofEpochMilli(watermark));
      }
      if (random.nextInt(4) == 0) {
        script = script.advanceProcessingTime(Duration.millis(random.nextInt(1, 20)));
      }
    }
    return pipeline.apply(script.advanceWatermarkToInfinity());
  }

  @SuppressWarnings("unchecked") // an array of elements
  private static TestStream.Builder<KV<String, Long>> add(
      TestStream.Builder<KV<String, Long>> script,
      TimestampedValue<KV<String, Long>> first,
      TimestampedValue<?>[] more) {
    return script.addElements(first, (TimestampedValue<KV<String, Long>>[]) more);
  }

  private static PCollection<String> grouped(PCollection<KV<String, Long>> input, Random random) {
    // A key's shards are drawn anew in each run, and of windows that merge each has its own.
    return switch (random.nextInt(input.getWindowingStrategy().needsMerge() ? 3 : 4)) {
      case 0 -> input.apply(GroupByKey.create()).apply(ParDo.of(new Described<Iterable<Long>>()));
      case 1 -> input.apply(Sum.longsPerKey()).apply(ParDo.of(new Described<Long>()));
      case 2 -> input.apply(Combine.perKey(new Distinct())).apply(ParDo.of(new Described<>()));
      default ->
          input
              .apply(Combine.<String, Long, Long>perKey(Sum.ofLongs()).withHotKeyFanout(3))
              .apply(ParDo.of(new Described<>()));
    };
  }

  private static long dropped(PipelineResult result) {
    long dropped = 0;
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(
                MetricNameFilter.inNamespace(
                    "org.apache.beam.runners.core.LateDataDroppingDoFnRunner"))
            .build();
    for (MetricResult<Long> each : result.metrics().queryMetrics(filter).getCounters()) {
      dropped += each.getAttempted();
    }
    return dropped;
  }

  /** A mutable accumulator, which a merge may change. */
  private static final class Distinct extends CombineFn<Long, List<Long>, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Long> createAccumulator() {
      return new ArrayList<>();
    }

    @Override
    public List<Long> addInput(List<Long> accumulator, Long input) {
      accumulator.add(input);
      return accumulator;
    }

    @Override
    public List<Long> mergeAccumulators(Iterable<List<Long>> accumulators) {
      List<Long> first = null;
      for (List<Long> each : accumulators) {
        if (first == null) {
          first = each;
        } else {
          first.addAll(each);
        }
      }
      return first;
    }

    @Override
    public String extractOutput(List<Long> accumulator) {
      return accumulator.size() + " values " + new TreeSet<>(accumulator);
    }

    @Override
    public Coder<List<Long>> getAccumulatorCoder(CoderRegistry registry, Coder<Long> input) {
      return ListCoder.of(input);
    }
  }

  /** A result with all that Beam says of it. */
  private static final class Described<T> extends DoFn<KV<String, T>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, T> result,
        @Timestamp Instant time,
        BoundedWindow window,
        PaneInfo pane,
        OutputReceiver<String> output) {
      Object value = result.getValue();
      if (value instanceof Iterable<?> values) {
        List<String> sorted = new ArrayList<>();
        values.forEach(each -> sorted.add(String.valueOf(each)));
        Collections.sort(sorted);
        value = sorted;
      }
      output.output(
          String.join(
              " ",
              result.getKey(),
              String.valueOf(value),
              "at " + time.getMillis(),
              window.toString(),
              pane.toString()));
    }
  }
}
