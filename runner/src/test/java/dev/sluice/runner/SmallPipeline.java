package dev.sluice.runner;

import dev.sluice.runner.Branches.Joined;
import dev.sluice.runner.Branches.Odd;
import dev.sluice.runner.Branches.Sorted;
import dev.sluice.runner.Branches.ToText;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.Mean;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Pipelines whose results, as text, do not depend on how they are run. Their input has windows. */
enum SmallPipeline {
  GROUP {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(input.apply("Group", GroupByKey.create()).apply("Sort", ParDo.of(new Sorted())));
    }
  },
  COMBINE {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(input.apply("Mean", Mean.perKey()));
    }
  },
  SESSIONS {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(
          input
              .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(7))))
              .apply("Group", GroupByKey.create())
              .apply("Sort", ParDo.of(new Sorted())));
    }
  },
  SLIDING {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(
          input
              .apply(
                  "Sliding",
                  Window.into(SlidingWindows.of(Duration.millis(20)).every(Duration.millis(5))))
              .apply("Sum", Sum.longsPerKey()));
    }
  },
  FLATTEN {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      PCollection<KV<String, Long>> odd = input.apply("Odd", ParDo.of(new Odd()));
      return text(
          PCollectionList.of(input)
              .and(odd)
              .and(input)
              .apply("Flatten", Flatten.pCollections())
              .apply("Sum", Sum.longsPerKey()));
    }
  },
  JOIN {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      TupleTag<Long> all = new TupleTag<>();
      TupleTag<Long> odd = new TupleTag<>();
      return text(
          KeyedPCollectionTuple.of(all, input)
              .and(odd, input.apply("Odd", ParDo.of(new Odd())))
              .apply("Join", CoGroupByKey.create())
              .apply("Joined", ParDo.of(new Joined(all, odd))));
    }
  },
  SINGLETON_VIEW {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      PCollectionView<Long> view =
          input
              .apply("Values", Values.create())
              .apply("View", Combine.globally(Max.ofLongs()).asSingletonView());
      return look(input, view, String::valueOf);
    }
  },
  ITERABLE_VIEW {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return look(
          input,
          input.apply("Values", Values.create()).apply("View", View.asIterable()),
          SmallPipeline::sorted);
    }
  },
  LIST_VIEW {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return look(
          input,
          input.apply("Values", Values.create()).apply("View", View.asList()),
          SmallPipeline::sorted);
    }
  },
  MAP_VIEW {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      PCollectionView<Map<String, Long>> view =
          input.apply("Sum", Sum.longsPerKey()).apply("View", View.asMap());
      return look(input, view, map -> sorted(map.entrySet()));
    }
  },
  MULTIMAP_VIEW {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      PCollectionView<Map<String, Iterable<Long>>> view = input.apply("View", View.asMultimap());
      return look(input, view, map -> sorted(map.get("a")));
    }
  },
  STATE {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(input.apply("State", ParDo.of(new Counts())));
    }
  },
  REDISTRIBUTE {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(input.apply("Spread", Redistribute.byKey()));
    }
  },
  SPLITTABLE {
    @Override
    PCollection<String> apply(PCollection<KV<String, Long>> input) {
      return text(
          input
              .apply("Repeats", ParDo.of(new Repeats()))
              .setCoder(((KvCoder<String, Long>) input.getCoder()))
              .apply("Sum", Sum.longsPerKey()));
    }
  };

  abstract PCollection<String> apply(PCollection<KV<String, Long>> input);

  private static <T> PCollection<String> text(PCollection<T> results) {
    return results.apply("Text", ParDo.of(new ToText<>("result")));
  }

  private static <T> PCollection<String> look(
      PCollection<KV<String, Long>> input,
      PCollectionView<T> view,
      SerializableFunction<T, String> show) {
    return text(input.apply("Look", ParDo.of(new Looks<>(view, show)).withSideInputs(view)));
  }

  private static String sorted(Iterable<?> values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(String::valueOf)
        .sorted()
        .toList()
        .toString();
  }

  /** An element, and what the side input has for it. */
  private static final class Looks<T> extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<T> view;
    private final SerializableFunction<T, String> show;

    Looks(PCollectionView<T> view, SerializableFunction<T, String> show) {
      this.view = view;
      this.show = show;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element() + " of " + show.apply(context.sideInput(view)));
    }
  }

  /** How many elements a key has, when its window expires. */
  static final class Counts extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;

    @StateId("sum")
    private final StateSpec<CombiningState<Long, long[], Long>> sum =
        StateSpecs.combining(Sum.ofLongs());

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair, @StateId("sum") CombiningState<Long, long[], Long> state) {
      state.add(pair.getValue());
    }

    @OnWindowExpiration
    public void onExpiration(
        @Key String key,
        BoundedWindow window,
        @StateId("sum") CombiningState<Long, long[], Long> state,
        OutputReceiver<String> out) {
      out.output(key + "=" + state.read() + " of " + window);
    }
  }

  /** An element up to five times, a few in a call. */
  @DoFn.BoundedPerElement
  static final class Repeats extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @GetInitialRestriction
    public OffsetRange restriction(@Element KV<String, Long> pair) {
      return new OffsetRange(0, Math.floorMod(pair.getValue(), 6L));
    }

    @ProcessElement
    public ProcessContinuation process(
        @Element KV<String, Long> pair,
        @Timestamp Instant time,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<KV<String, Long>> out) {
      long position = tracker.currentRestriction().getFrom();
      for (int i = 0; i < 2; i++, position++) {
        if (!tracker.tryClaim(position)) {
          return ProcessContinuation.stop();
        }
        out.outputWithTimestamp(KV.of(pair.getKey(), pair.getValue() + position), time);
      }
      return ProcessContinuation.resume();
    }
  }
}
