package dev.sluice.runner;

import dev.sluice.runner.GeneratedPipeline.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** The ways in which the events of a {@link GeneratedPipeline} come. */
enum GeneratedInput {
  /** All at once. */
  BOUNDED {
    @Override
    PCollection<KV<String, Long>> apply(Pipeline pipeline, GeneratedPipeline generated) {
      return pipeline.apply("Events", created(generated));
    }
  },
  /** All at once, in a stream. */
  BOUNDED_IN_A_STREAM {
    @Override
    PCollection<KV<String, Long>> apply(Pipeline pipeline, GeneratedPipeline generated) {
      return pipeline.apply("Events", created(generated));
    }
  },
  /** From the splits of a source, over many batches. */
  UNBOUNDED {
    @Override
    PCollection<KV<String, Long>> apply(Pipeline pipeline, GeneratedPipeline generated) {
      List<List<Event>> splits =
          IntStream.range(0, generated.splits()).mapToObj(generated::ofSplit).toList();
      return pipeline
          .apply(
              "Events",
              Read.from(
                  NumbersSource.ofSplits(
                      splits.size(), splits.get(0).size(), new InSplits(generated, splits))))
          .apply("Pairs", ParDo.of(new PairsFn(splits)));
    }
  },
  /** As a script says. */
  SCRIPTED {
    @Override
    PCollection<KV<String, Long>> apply(Pipeline pipeline, GeneratedPipeline generated) {
      return pipeline.apply("Events", script(generated));
    }
  };

  private static final int MOST_AHEAD_MS = 20;
  private static final long SPLIT = 1_000_000;

  abstract PCollection<KV<String, Long>> apply(Pipeline pipeline, GeneratedPipeline generated);

  private static TimestampedValue<KV<String, Long>> stamped(Event event) {
    return TimestampedValue.of(event.pair(), Instant.ofEpochMilli(event.time()));
  }

  private static Create.TimestampedValues<KV<String, Long>> created(GeneratedPipeline generated) {
    return Create.timestamped(generated.events().stream().map(GeneratedInput::stamped).toList());
  }

  /** The watermark before each of the events. */
  private static List<Long> watermarks(List<Event> events, boolean onTime, Random random) {
    List<Long> watermarks = new ArrayList<>();
    long least = Long.MAX_VALUE;
    for (int i = events.size() - 1; i >= 0; i--) {
      long time = events.get(i).time();
      least = Math.min(least, onTime ? time : time + random.nextInt(MOST_AHEAD_MS * 10));
      watermarks.add(0, least - random.nextInt(MOST_AHEAD_MS));
    }
    // Such numbers that are no less than the one before are still no more than they may be.
    for (int i = 1; i < watermarks.size(); i++) {
      watermarks.set(i, Math.max(watermarks.get(i - 1), watermarks.get(i)));
    }
    return Collections.unmodifiableList(watermarks);
  }

  @SuppressWarnings("unchecked") // an array of elements
  private static TestStream<KV<String, Long>> script(GeneratedPipeline generated) {
    Random random = generated.random();
    List<Event> events = generated.events();
    List<Long> watermarks = watermarks(events, generated.onTime(), random);
    TestStream.Builder<KV<String, Long>> stream =
        TestStream.create(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
    for (int i = 0; i < events.size(); ) {
      if (random.nextBoolean()) {
        stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(watermarks.get(i)));
      }
      if (random.nextBoolean()) {
        stream = stream.advanceProcessingTime(Duration.millis(random.nextInt(1, 10)));
      }
      int next = Math.min(events.size(), i + random.nextInt(1, 5));
      List<TimestampedValue<KV<String, Long>>> some =
          events.subList(i, next).stream().map(GeneratedInput::stamped).toList();
      stream =
          stream.addElements(
              some.get(0), some.subList(1, some.size()).toArray(TimestampedValue[]::new));
      i = next;
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** Times and watermarks of the splits. */
  private static final class InSplits extends InBatches {
    private static final long serialVersionUID = 1L;
    private final ArrayList<ArrayList<Long>> times = new ArrayList<>();
    private final ArrayList<ArrayList<Long>> watermarks = new ArrayList<>();

    InSplits(GeneratedPipeline generated, List<List<Event>> splits) {
      super(generated.random().nextInt(1, 6));
      for (List<Event> events : splits) {
        times.add(new ArrayList<>(events.stream().map(Event::time).toList()));
        watermarks.add(new ArrayList<>(watermarks(events, generated.onTime(), generated.random())));
      }
    }

    @Override
    Instant time(int split, long number) {
      return Instant.ofEpochMilli(times.get(split).get((int) number));
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return last
          ? BoundedWindow.TIMESTAMP_MAX_VALUE
          : Instant.ofEpochMilli(watermarks.get(split).get((int) next));
    }
  }

  /** The events with the numbers of the source. */
  private static final class PairsFn extends DoFn<Long, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<ArrayList<Event>> splits = new ArrayList<>();

    PairsFn(List<List<Event>> splits) {
      splits.forEach(events -> this.splits.add(new ArrayList<>(events)));
    }

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<String, Long>> out) {
      out.output(splits.get((int) (number / SPLIT)).get((int) (number % SPLIT)).pair());
    }
  }
}
