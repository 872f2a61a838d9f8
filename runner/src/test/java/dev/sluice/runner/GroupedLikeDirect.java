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
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterAll;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
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
 * One generated grouping: late elements, windows, triggers and a result of each kind. Of a bounded
 * input there are no early panes, for those are up to the runner.
 */
final class GroupedLikeDirect {
  private static final int MAX_EVENTS = 60;
  private static final int MAX_TIME = 200;
  private static final int MAX_WINDOW = 80;
  private static final int SHARDED = 3;

  private final long seed;

  GroupedLikeDirect(long seed) {
    this.seed = seed;
  }

  /** Results with their windows, times and panes, in natural order; last what was dropped. */
  List<String> run(PipelineOptions options, boolean streaming) {
    Random random = Seeds.random(seed);
    Pipeline pipeline = Pipeline.create(options);
    Trigger trigger = streaming ? trigger(random) : atEnd(random);
    boolean atEnd = trigger instanceof DefaultTrigger;
    List<WindowFn<Object, ?>> windowFns = windows(random);
    if (!streaming || !atEnd) {
      // Beam groups no stream in it under the default trigger.
      windowFns.add(new GlobalWindows());
    }
    if (streaming) {
      // Which of them merge depends on which elements come together.
      windowFns.add(new LongestWindows(random.nextInt(1, MAX_WINDOW)));
    }
    WindowFn<Object, ?> windowFn = windowFns.get(random.nextInt(windowFns.size()));
    TimestampCombiner times = times(random, streaming);
    Window<KV<String, Long>> window =
        Window.<KV<String, Long>>into(windowFn)
            .triggering(trigger)
            .withTimestampCombiner(times)
            // An empty pane at the end depends on how far time moves at once.
            .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
            .withAllowedLateness(
                Duration.millis(streaming && random.nextBoolean() ? random.nextInt(MAX_TIME) : 0));
    PCollection<KV<String, Long>> windowed =
        input(pipeline, random, streaming)
            .apply(
                random.nextBoolean()
                    ? window.discardingFiredPanes()
                    : window.accumulatingFiredPanes());
    Gathered<String> results = new Gathered<>();
    int kind = kind(windowed, random, atEnd);
    grouped(windowed, kind).apply(results);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    List<String> all = new ArrayList<>(results.sorted());
    if (kind == 0 || !atEnd) {
      // Beam's runner combines before it looks what is late, and counts what it has combined.
      all.add("dropped " + dropped(result));
    }
    return all;
  }

  private static Trigger atEnd(Random random) {
    AfterWatermark.FromEndOfWindow end = AfterWatermark.pastEndOfWindow();
    return switch (random.nextInt(3)) {
      case 0 -> DefaultTrigger.of();
      case 1 -> end;
      default -> Repeatedly.forever(end);
    };
  }

  private static Trigger trigger(Random random) {
    AfterWatermark.FromEndOfWindow end = AfterWatermark.pastEndOfWindow();
    return switch (random.nextInt(8)) {
      case 0, 1 -> DefaultTrigger.of();
      case 2 -> Repeatedly.forever(end);
      case 3 -> Repeatedly.forever(count(random));
      case 4 -> end.withEarlyFirings(count(random)).withLateFirings(count(random));
      case 5 -> end.withEarlyFirings(delay(random)).withLateFirings(count(random));
      case 6 -> Repeatedly.forever(AfterFirst.of(count(random), delay(random)));
      default -> Repeatedly.forever(AfterAll.of(count(random), delay(random)));
    };
  }

  private static Trigger.OnceTrigger count(Random random) {
    return AfterPane.elementCountAtLeast(random.nextInt(1, 6));
  }

  private static Trigger.OnceTrigger delay(Random random) {
    return AfterProcessingTime.pastFirstElementInPane()
        .plusDelayOf(Duration.millis(random.nextInt(1, 20)));
  }

  /** A late element's time counts in a stream if the output has not come so far: up to a runner. */
  private static TimestampCombiner times(Random random, boolean streaming) {
    TimestampCombiner[] all = TimestampCombiner.values();
    return streaming ? TimestampCombiner.END_OF_WINDOW : all[random.nextInt(all.length)];
  }

  private static List<WindowFn<Object, ?>> windows(Random random) {
    int sizeMs = random.nextInt(1, MAX_WINDOW);
    Duration size = Duration.millis(sizeMs);
    List<WindowFn<Object, ?>> windowFns = new ArrayList<>();
    windowFns.add(FixedWindows.of(size));
    windowFns.add(SlidingWindows.of(size).every(Duration.millis(random.nextInt(1, sizeMs + 1))));
    windowFns.add(Sessions.withGapDuration(size));
    return windowFns;
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

  private static int kind(PCollection<?> input, Random random, boolean atEnd) {
    // A key's shards are drawn anew in each run: each has panes, and windows that merge, of its
    // own.
    boolean shards = atEnd && !input.getWindowingStrategy().needsMerge();
    return random.nextInt(shards ? SHARDED + 1 : SHARDED);
  }

  private static PCollection<String> grouped(PCollection<KV<String, Long>> input, int kind) {
    return switch (kind) {
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
    for (MetricResult<Long> each :
        result.metrics().queryMetrics(MetricsFilter.builder().build()).getCounters()) {
      // The runners have them in namespaces of their own.
      if (each.getName().getName().startsWith("droppedDueTo")
          || each.getName().getName().startsWith("DroppedDueTo")) {
        dropped += each.getAttempted();
      }
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
              // Which of the two it is depends on how far the output has come.
              pane.toString().replace("LATE", "ON_TIME")));
    }
  }
}
