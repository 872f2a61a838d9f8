package dev.sluice.runner;

import dev.sluice.runner.GeneratedShape.Fact;
import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Elements are parted by their value, each part goes its own way, and both come together. */
record GeneratedBranches(int divisor, List<GeneratedStep> left, List<GeneratedStep> right)
    implements GeneratedStep {

  @Override
  public boolean fits(GeneratedShape shape) {
    return shape.is(Fact.KNOWN) && !shape.is(Fact.PANES) && fits(left, shape) && fits(right, shape);
  }

  private static boolean fits(List<GeneratedStep> branch, GeneratedShape shape) {
    boolean flat =
        branch.stream()
            .noneMatch(s -> s instanceof GeneratedWindows || s instanceof GeneratedBranches);
    // Both sides have to have the same trigger, and sessions that are merged or not.
    boolean groups = shape.is(Fact.DEFAULT_TRIGGER) && !shape.is(Windowing.SESSIONS);
    return flat
        && (groups || branch.stream().noneMatch(GeneratedGrouping.class::isInstance))
        && GeneratedStep.fit(branch, shape)
        && !GeneratedStep.after(branch, shape).is(Fact.PANES);
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    GeneratedShape first = GeneratedStep.after(left, shape);
    GeneratedShape second = GeneratedStep.after(right, shape);
    GeneratedShape both = first;
    for (Fact fact : List.of(Fact.ON_TIME, Fact.KNOWN, Fact.EXACT, Fact.TIMED)) {
      both = both.with(fact, first.is(fact) && second.is(fact));
    }
    return both.with(Fact.AT_THE_END, first.is(Fact.AT_THE_END) || second.is(Fact.AT_THE_END));
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    TupleTag<KV<String, Long>> divisible = new TupleTag<>(name + " divisible");
    TupleTag<KV<String, Long>> others = new TupleTag<>(name + " others");
    PCollectionTuple parts =
        input.apply(
            name + " part",
            ParDo.of(new PartFn(divisor, divisible, others))
                .withOutputTags(divisible, TupleTagList.of(others)));
    return PCollectionList.of(
            GeneratedStep.apply(
                left, name + " left ", parts.get(divisible).setCoder(input.getCoder())))
        .and(
            GeneratedStep.apply(
                right, name + " right ", parts.get(others).setCoder(input.getCoder())))
        .apply(name + " flatten", Flatten.pCollections());
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    Map<Boolean, List<GeneratedElement>> parts =
        input.stream().collect(Collectors.partitioningBy(e -> e.value() % divisor == 0));
    return Stream.concat(
            GeneratedStep.compute(left, parts.get(true), shape).stream(),
            GeneratedStep.compute(right, parts.get(false), shape).stream())
        .toList();
  }

  private static final class PartFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final int divisor;
    private final TupleTag<KV<String, Long>> divisible;
    private final TupleTag<KV<String, Long>> others;

    PartFn(int divisor, TupleTag<KV<String, Long>> divisible, TupleTag<KV<String, Long>> others) {
      this.divisor = divisor;
      this.divisible = divisible;
      this.others = others;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> pair, MultiOutputReceiver out) {
      out.get(pair.getValue() % divisor == 0 ? divisible : others).output(pair);
    }
  }
}
