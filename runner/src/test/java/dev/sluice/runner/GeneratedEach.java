package dev.sluice.runner;

import dev.sluice.runner.GeneratedShape.Fact;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** What is done with each element alone; the amount says how. */
record GeneratedEach(Kind kind, int amount) implements GeneratedStep {

  enum Kind {
    /** Values are multiplied. */
    SCALE,
    /** Something is added to values. */
    SHIFT,
    /** Values that can be divided are left out. */
    DROP,
    /** The key comes of the value. */
    REKEY,
    /** Elements come several times. */
    REPEAT,
    /** Elements are reshuffled. */
    SHUFFLE
  }

  @Override
  public boolean fits(GeneratedShape shape) {
    return switch (kind) {
      case SCALE -> true;
      case SHIFT -> shape.is(Fact.KNOWN);
      case DROP, REKEY -> shape.is(Fact.KNOWN) && !shape.is(Fact.PANES);
      case REPEAT, SHUFFLE -> !shape.is(Fact.PANES);
    };
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    return shape;
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    return kind == Kind.SHUFFLE
        ? input.apply(name + " " + kind, Reshuffle.of())
        : input.apply(name + " " + kind, ParDo.of(new EachFn(this)));
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    return input.stream()
        .flatMap(
            element ->
                of(element.key(), element.value()).stream()
                    .map(pair -> element.with(pair.getKey(), pair.getValue())))
        .toList();
  }

  private List<KV<String, Long>> of(String key, long value) {
    return switch (kind) {
      case SCALE -> List.of(KV.of(key, value * amount));
      case SHIFT -> List.of(KV.of(key, value + amount));
      case DROP -> value % amount == 0 ? List.of() : List.of(KV.of(key, value));
      case REKEY -> List.of(KV.of("k" + Math.floorMod(value, amount), value));
      case REPEAT -> Collections.nCopies(amount, KV.of(key, value));
      case SHUFFLE -> List.of(KV.of(key, value));
    };
  }

  private static final class EachFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final GeneratedEach step;

    EachFn(GeneratedEach step) {
      this.step = step;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<KV<String, Long>> out) {
      step.of(pair.getKey(), pair.getValue()).forEach(out::output);
    }
  }
}
