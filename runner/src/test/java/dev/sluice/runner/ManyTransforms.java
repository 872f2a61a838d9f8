package dev.sluice.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;

/**
 * A pipeline with a branch for each kind of grouping. Its results, as text, depend on its input
 * only: whatever may come in any order is sorted.
 */
final class ManyTransforms {
  private static final Duration WINDOW = Duration.standardSeconds(20);
  private static final Duration PERIOD = Duration.standardSeconds(5);
  private static final Duration GAP = Duration.millis(150);

  private final List<PCollection<String>> results = new ArrayList<>();

  private ManyTransforms() {}

  /** The results of all branches on generated input, each led by its branch's name. */
  static PCollection<String> apply(Pipeline pipeline, long seed, int events) {
    PCollection<KV<String, Long>> input =
        pipeline
            .apply("Events", Create.timestamped(GeneratedEvents.of(seed, events)))
            .apply("Spread", Redistribute.arbitrarily());
    ManyTransforms branches = new ManyTransforms();
    branches.groups(input);
    branches.windows(input);
    branches.join(input);
    branches.sideInputs(input);
    branches.add("state", input.apply("State", ParDo.of(new Branches.StatefulTotals())));
    return PCollectionList.of(branches.results).apply("Results", Flatten.pCollections());
  }

  private void groups(PCollection<KV<String, Long>> input) {
    add(
        "group",
        input.apply("Group", GroupByKey.create()).apply("Sort", ParDo.of(new Branches.Sorted())));
    add("sum", input.apply("Sum", Sum.longsPerKey()));
    add(
        "max",
        input.apply("Numbers", ParDo.of(new Branches.Values())).apply("Max", Max.longsGlobally()));
  }

  private void windows(PCollection<KV<String, Long>> input) {
    PCollection<KV<String, Long>> sliding =
        input.apply("Sliding", Window.into(SlidingWindows.of(WINDOW).every(PERIOD)));
    add("sliding sum", sliding.apply("Sliding sum", Sum.longsPerKey()));
    PCollection<KV<String, Long>> sessions =
        input.apply("Sessions", Window.into(Sessions.withGapDuration(GAP)));
    add("session sum", sessions.apply("Session sum", Sum.longsPerKey()));
    add(
        "session group",
        sessions
            .apply("Session group", GroupByKey.create())
            .apply("Sort sessions", ParDo.of(new Branches.Sorted())));
  }

  private void join(PCollection<KV<String, Long>> input) {
    TupleTag<Long> values = new TupleTag<>();
    TupleTag<Long> counts = new TupleTag<>();
    PCollection<KV<String, Long>> odd = input.apply("Odd", ParDo.of(new Branches.Odd()));
    add(
        "join",
        KeyedPCollectionTuple.of(values, input)
            .and(counts, odd)
            .apply("Join", CoGroupByKey.create())
            .apply("Joined", ParDo.of(new Branches.Joined(values, counts))));
  }

  private void sideInputs(PCollection<KV<String, Long>> input) {
    PCollectionView<Map<String, Long>> sums =
        input.apply("Sums", Sum.longsPerKey()).apply("As map", View.asMap());
    PCollectionView<Map<String, Iterable<Long>>> all =
        input.apply("As multimap", View.asMultimap());
    PCollectionView<Long> largest =
        input
            .apply("All numbers", ParDo.of(new Branches.Values()))
            .apply("Largest", Combine.globally(Max.ofLongs()).asSingletonView());
    add(
        "side inputs",
        input.apply(
            "Look up",
            ParDo.of(new Branches.LooksUp(sums, all, largest)).withSideInputs(sums, all, largest)));
  }

  private void add(String branch, PCollection<?> result) {
    results.add(
        result
            .apply(branch + " as text", ParDo.of(new Branches.ToText<>(branch)))
            .apply(branch + " without windows", Window.into(new GlobalWindows())));
  }
}
