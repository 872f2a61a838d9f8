package dev.sluice.runner;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Where the runs of a {@link GeneratedPipeline} crash: in a DoFn behind the first {@code behind}
 * steps, at elements that are counted over all runs.
 */
record GeneratedCrashes(int behind, Set<Long> elements, Shared<AtomicLong> seen) {
  private static final int MOST = 4;

  static GeneratedCrashes draw(GeneratedPipeline pipeline, Random random) {
    int behind = random.nextInt(pipeline.steps().size() + 1);
    // What is read again after a crash is counted again.
    int span = pipeline.events().size() * 2;
    Set<Long> elements =
        IntStream.range(0, random.nextInt(1, MOST + 1))
            .mapToObj(i -> 1L + random.nextInt(span))
            .collect(Collectors.toSet());
    return new GeneratedCrashes(behind, elements, Shared.of(new AtomicLong()));
  }

  /** Applies the steps of {@code pipeline} with the DoFn that crashes. */
  PCollection<KV<String, Long>> apply(
      GeneratedPipeline pipeline, PCollection<KV<String, Long>> input) {
    List<GeneratedStep> steps = pipeline.steps();
    PCollection<KV<String, Long>> before =
        GeneratedStep.apply(steps.subList(0, behind), "step ", input);
    return GeneratedStep.apply(
        steps.subList(behind, steps.size()),
        "later step ",
        before.apply("Crash", ParDo.of(new CrashFn(elements, seen))));
  }

  @Override
  public String toString() {
    return "crashes behind " + behind + " steps at " + elements;
  }

  /** Thrown on purpose. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(long element) {
      super("on purpose at the element " + element);
    }
  }

  private static final class CrashFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final Set<Long> elements;
    private final Shared<AtomicLong> seen;

    CrashFn(Set<Long> elements, Shared<AtomicLong> seen) {
      this.elements = elements;
      this.seen = seen;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<KV<String, Long>> out) {
      long number = seen.get().incrementAndGet();
      if (elements.contains(number)) {
        throw new Crash(number);
      }
      out.output(pair);
    }
  }
}
