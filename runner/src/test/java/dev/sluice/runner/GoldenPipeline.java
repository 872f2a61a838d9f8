package dev.sluice.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;

/**
 * The pipeline whose checkpoints are kept from version to version: small, with one of each that a
 * checkpoint holds. Checkpoints know its names, coders and ids, which therefore never change, nor
 * do those of {@link Gathered} and {@link HeldSums}.
 */
final class GoldenPipeline {
  static final int COUNT = 100;
  static final int HALF = 45;
  private static final int WINDOW_MS = 100;
  private static final int VIEW_MS = 200;

  private final List<PCollection<String>> parts = new ArrayList<>();
  final Pipeline pipeline;
  final GoldenSource source;
  final Gathered<String> results = new Gathered<>();

  private GoldenPipeline(Path checkpoints, boolean whole, Latch durable) {
    pipeline =
        Pipeline.create(
            TestOptions.of(
                "--jobName=golden",
                "--batchDurationMs=1",
                "--checkpointIntervalMs=1",
                "--checkpointDir=" + checkpoints));
    source = new GoldenSource(COUNT, whole ? COUNT : HALF, durable);
    PCollection<KV<String, Long>> numbers =
        pipeline.apply("Read", Read.from(source)).apply("Keys", ParDo.of(new KeysFn()));
    PCollection<KV<String, Long>> windowed =
        numbers.apply("Windows", Window.into(FixedWindows.of(Duration.millis(WINDOW_MS))));
    gather("sum", windowed.apply("Sum", Sum.longsPerKey()));
    gather("held", numbers.apply("Held", new HeldSums(WINDOW_MS)));
    gatherText("State", windowed.apply("State", ParDo.of(new GoldenState())));
    gatherText("Later", numbers.apply("Later", ParDo.of(new GoldenDelay())));
    gather("looked up", lookUp(numbers, windowed));
    gather(
        "step",
        pipeline
            .apply("Starts", Create.of("a", "b"))
            .apply("Steps", ParDo.of(new GoldenSteps(whole)))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
            .apply("Step windows", Window.into(FixedWindows.of(Duration.millis(WINDOW_MS))))
            .apply("Step sum", Sum.longsPerKey()));
    PCollectionList.of(parts).apply("All", Flatten.pCollections()).apply("Gathered", results);
  }

  /** All of it. */
  static GoldenPipeline whole(Path checkpoints) {
    return new GoldenPipeline(checkpoints, true, new Latch(1));
  }

  /** Up to {@link #HALF}, never ending; {@code durable} is opened when it has come there. */
  static GoldenPipeline half(Path checkpoints, Latch durable) {
    return new GoldenPipeline(checkpoints, false, durable);
  }

  /** A table that is complete at once and needed to the end, and one of each window. */
  private PCollection<KV<String, Long>> lookUp(
      PCollection<KV<String, Long>> numbers, PCollection<KV<String, Long>> windowed) {
    PCollectionView<Map<String, Long>> table =
        pipeline
            .apply("Factors", Create.of(KV.of("k0", 2L), KV.of("k1", 3L), KV.of("k2", 5L)))
            .apply("Table", View.asMap());
    PCollectionView<Long> sum =
        numbers
            .apply("Values", Values.create())
            .apply("View windows", Window.into(FixedWindows.of(Duration.millis(VIEW_MS))))
            .apply("View sum", Combine.globally(Sum.ofLongs()).asSingletonView());
    return windowed.apply("Look up", ParDo.of(new LookUpFn(table, sum)).withSideInputs(table, sum));
  }

  private void gather(String name, PCollection<KV<String, Long>> pairs) {
    gatherText(name, pairs.apply(name + " as text", ParDo.of(new TextFn(name))));
  }

  private void gatherText(String name, PCollection<String> lines) {
    parts.add(lines.apply(name + " anywhere", Window.into(new GlobalWindows())));
  }

  private static final class KeysFn extends DoFn<Long, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final Counter count = TestCounter.counter();

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<String, Long>> output) {
      count.inc();
      output.output(KV.of("k" + number % 3, number));
    }
  }

  private static final class LookUpFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Map<String, Long>> table;
    private final PCollectionView<Long> sum;

    LookUpFn(PCollectionView<Map<String, Long>> table, PCollectionView<Long> sum) {
      this.table = table;
      this.sum = sum;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      String key = context.element().getKey();
      long factor = context.sideInput(table).get(key);
      context.output(KV.of(key, context.element().getValue() * factor + context.sideInput(sum)));
    }
  }

  private static final class TextFn extends DoFn<KV<String, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final String name;

    TextFn(String name) {
      this.name = name;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair, BoundedWindow window, OutputReceiver<String> output) {
      output.output(
          "%s %s %s: %d".formatted(name, pair.getKey(), window.maxTimestamp(), pair.getValue()));
    }
  }
}
