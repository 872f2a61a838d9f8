package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.runner.GeneratedElement.Span;
import dev.sluice.runner.GeneratedShape.Fact;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Instant;

/** One run of a {@link GeneratedPipeline}: how it gets its input, and options. */
record GeneratedRun(GeneratedPipeline pipeline, GeneratedInput input, String... options) {

  /** What comes of it, as sorted text, with its panes merged. */
  List<String> results() {
    return results(pipeline::apply);
  }

  /** The same if its steps are applied by {@code steps}. */
  List<String> results(UnaryOperator<PCollection<KV<String, Long>>> steps) {
    Pipeline beam = Pipeline.create(TestOptions.of(options));
    Gathered<GeneratedElement> gathered = new Gathered<>();
    steps
        .apply(input.apply(beam, pipeline))
        .apply("Results", ParDo.of(new ResultsFn()))
        .setCoder(SerializableCoder.of(GeneratedElement.class))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, beam.run().waitUntilFinish());
    return merged(gathered.sorted());
  }

  /** What should come of it. */
  List<String> expected() {
    return merged(pipeline.compute());
  }

  private List<String> merged(List<GeneratedElement> results) {
    GeneratedShape shape = pipeline.shape();
    List<GeneratedElement> counting = shape.is(Fact.PANES) ? ofLastPanes(results) : results;
    if (shape.is(Fact.KNOWN)) {
      return counting.stream()
          .map(
              element ->
                  place(element, shape)
                      + " "
                      + element.value()
                      + (shape.is(Fact.TIMED) ? " at " + element.time() : ""))
          .sorted()
          .toList();
    }
    return counting.stream()
        .collect(
            Collectors.groupingBy(
                element -> place(element, shape),
                TreeMap::new,
                Collectors.summingLong(GeneratedElement::value)))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + " sum " + entry.getValue())
        .toList();
  }

  private static String place(GeneratedElement element, GeneratedShape shape) {
    boolean hasWindow = shape.is(Fact.EXACT) || shape.is(Fact.PANES);
    return hasWindow ? element.key() + " in " + element.window() : element.key();
  }

  /** Those of the last pane of each key and window; parts of later sessions do not count. */
  private static List<GeneratedElement> ofLastPanes(List<GeneratedElement> results) {
    Map<String, Map<Span, Long>> panes = new TreeMap<>();
    results.forEach(
        e ->
            panes
                .computeIfAbsent(e.key(), key -> new TreeMap<>())
                .merge(e.window(), e.pane(), Math::max));
    return results.stream()
        .filter(e -> panes.get(e.key()).get(e.window()) == e.pane())
        .filter(e -> panes.get(e.key()).keySet().stream().noneMatch(e.window()::isWithin))
        .toList();
  }

  /** The same run of a pipeline that is smaller, if that still goes wrong. */
  GeneratedRun shrunk() {
    for (GeneratedPipeline smaller : pipeline.smaller()) {
      GeneratedRun run = new GeneratedRun(smaller, input, options);
      if (run.isWrong()) {
        return run.shrunk();
      }
    }
    return this;
  }

  private boolean isWrong() {
    try {
      return !results().equals(expected());
    } catch (RuntimeException e) {
      // It fails, which is something else.
      return false;
    }
  }

  @Override
  public String toString() {
    return input + " " + String.join(" ", options) + " " + pipeline;
  }

  private static final class ResultsFn extends DoFn<KV<String, Long>, GeneratedElement> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @Timestamp Instant time,
        BoundedWindow window,
        PaneInfo pane,
        OutputReceiver<GeneratedElement> out) {
      out.output(
          new GeneratedElement(
              pair.getKey(), pair.getValue(), time.getMillis(), Span.of(window), pane.getIndex()));
    }
  }
}
