package dev.sluice.runner;

import dev.sluice.runner.GeneratedElement.Span;
import dev.sluice.runner.GeneratedShape.Fact;
import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** A look into a side input. */
record GeneratedLookUp(Kind kind) implements GeneratedStep {
  private static final Map<String, Long> TABLE = Map.of("a", 3L, "b", 5L, "k0", 7L, "k2", -1L);
  private static final int SIZE_MS = 35;
  private static final int PERIOD_MS = 13;
  private static final int NUMBERS = 60;

  enum Kind {
    /** A factor for the key, the same in all windows. */
    TABLE,
    /** What numbers in another collection's windows add up to. */
    WINDOWS,
    /** The sum of the window's own elements. */
    OWN
  }

  @Override
  public boolean fits(GeneratedShape shape) {
    boolean exact = shape.is(Fact.EXACT) && shape.is(Fact.KNOWN) && !shape.is(Fact.PANES);
    return switch (kind) {
      case TABLE -> !shape.is(Fact.PANES);
      case WINDOWS -> exact && !shape.is(Windowing.GLOBAL);
      case OWN ->
          exact && shape.hasOnePane() && (shape.is(Windowing.FIXED) || shape.is(Windowing.SLIDING));
    };
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    return shape;
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    if (kind == Kind.TABLE) {
      PCollectionView<Map<String, Long>> table =
          input
              .getPipeline()
              .apply(name + " table", Create.of(TABLE))
              .apply(name + " as map", View.asMap());
      return input.apply(name + " look up", ParDo.of(new FactorFn(table)).withSideInputs(table));
    }
    PCollectionView<Long> sum =
        (kind == Kind.OWN ? input.apply(name + " own", Values.create()) : numbers(name, input))
            .apply(name + " sum", Combine.globally(Sum.ofLongs()).asSingletonView());
    return input.apply(name + " add", ParDo.of(new AddFn(sum)).withSideInputs(sum));
  }

  private static PCollection<Long> numbers(String name, PCollection<KV<String, Long>> input) {
    List<TimestampedValue<Long>> numbers =
        LongStream.range(0, NUMBERS)
            .mapToObj(n -> TimestampedValue.of(n, Instant.ofEpochMilli(n * PERIOD_MS)))
            .toList();
    return input
        .getPipeline()
        .apply(name + " numbers", Create.timestamped(numbers))
        .apply(name + " windows", Window.into(FixedWindows.of(Duration.millis(SIZE_MS))));
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    Map<Span, Long> sums = new HashMap<>();
    input.forEach(element -> sums.merge(element.window(), element.value(), Long::sum));
    return input.stream()
        .map(
            element -> {
              long value = element.value();
              return element.with(
                  element.key(),
                  switch (kind) {
                    case TABLE -> value * TABLE.getOrDefault(element.key(), 1L);
                    case WINDOWS -> value + sumAt(element.window().last());
                    case OWN -> value + sums.get(element.window());
                  });
            })
        .toList();
  }

  private static long sumAt(long time) {
    return LongStream.range(0, NUMBERS)
        .filter(n -> Math.floorDiv(n * PERIOD_MS, SIZE_MS) == Math.floorDiv(time, SIZE_MS))
        .sum();
  }

  private static final class FactorFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<String, Long>> table;

    FactorFn(PCollectionView<Map<String, Long>> table) {
      this.table = table;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Long> pair = context.element();
      long factor = context.sideInput(table).getOrDefault(pair.getKey(), 1L);
      context.output(KV.of(pair.getKey(), pair.getValue() * factor));
    }
  }

  private static final class AddFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> sum;

    AddFn(PCollectionView<Long> sum) {
      this.sum = sum;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Long> pair = context.element();
      context.output(KV.of(pair.getKey(), pair.getValue() + context.sideInput(sum)));
    }
  }
}
