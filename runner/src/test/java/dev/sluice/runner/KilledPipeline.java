package dev.sluice.runner;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;

/**
 * A program that is killed while it runs: a pipeline with one of everything that a checkpoint has
 * to keep. At its end it writes its results, and its metrics, to a file.
 */
final class KilledPipeline {
  static final int WINDOW_MS = 500;
  static final int VIEW_MS = 1_000;
  static final int GAP_MS = 200;
  static final int BATCH = 10;
  static final long MORE = 5;
  static final List<String> STARTS = List.of("a", "b");

  private final Pipeline pipeline;
  private final List<PCollection<String>> parts = new ArrayList<>();
  private final Gathered<String> results = new Gathered<>();

  private KilledPipeline(Path folder, Shared<StandStill> standStill, String... options) {
    pipeline = Pipeline.create(TestOptions.of(options));
    KilledRecords records = new KilledRecords(folder, standStill);
    PCollection<KV<String, Long>> numbers =
        pipeline
            .apply(
                "Read",
                Read.from(
                    NumbersSource.ofSplits(KilledRecords.SPLITS, KilledRecords.COUNT, records)))
            .apply("Keys", ParDo.of(new KeysFn()));
    numbers.apply("Bundles", ParDo.of(new KilledBundles(KilledRecords.notes(folder), standStill)));
    PCollection<KV<String, Long>> windowed =
        numbers.apply("Windows", Window.into(FixedWindows.of(Duration.millis(WINDOW_MS))));
    gather("sum", windowed.apply("Sum", Sum.longsPerKey()));
    gather(
        "session",
        numbers
            .apply("Active", Filter.by(KilledPipeline::isActive))
            .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(GAP_MS))))
            .apply("Count", Count.perKey()));
    gather("held", numbers.apply("Held", new HeldSums(WINDOW_MS)));
    gatherText("State", windowed.apply("State", ParDo.of(new KilledState())));
    gatherText("Later", numbers.apply("Later", ParDo.of(new KilledDelay())));
    PCollectionView<Long> view =
        numbers
            .apply("Values", Values.create())
            .apply("View windows", Window.into(FixedWindows.of(Duration.millis(VIEW_MS))))
            .apply("View sum", Combine.globally(Sum.ofLongs()).asSingletonView());
    // Complete at once and needed to the end: later processes have it from checkpoints.
    PCollectionView<Long> more =
        pipeline.apply("More", Create.of(MORE)).apply("View more", View.asSingleton());
    gather(
        "view",
        windowed.apply("Look up", ParDo.of(new AddFn(view, more)).withSideInputs(view, more)));
    gatherText(
        "Batches",
        numbers
            .apply("Group into batches", GroupIntoBatches.ofSize(BATCH))
            .apply("Batched", ParDo.of(new BatchFn())));
    gather(
        "step",
        pipeline
            .apply("Starts", Create.of(STARTS))
            .apply("Steps", ParDo.of(new KilledSteps()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
            .apply("Step windows", Window.into(FixedWindows.of(Duration.millis(WINDOW_MS))))
            .apply("Step sum", Sum.longsPerKey()));
    // Together, so that none is complete before the records are at their end.
    PCollectionList.of(parts).apply("All", Flatten.pCollections()).apply("Gathered", results);
  }

  /** How it is run to its end. */
  interface Execution {
    MetricResults run(Pipeline pipeline) throws Exception;
  }

  /** The folder of the test, then options. */
  public static void main(String[] args) throws Exception {
    run(
        Path.of(args[0]),
        StandStill.never(),
        KilledPipeline::byTheRunner,
        Arrays.copyOfRange(args, 1, args.length));
  }

  private static MetricResults byTheRunner(Pipeline pipeline) {
    PipelineResult result = pipeline.run();
    if (result.waitUntilFinish() != State.DONE) {
      throw new IllegalStateException("has ended as " + result.getState());
    }
    return result.metrics();
  }

  /** Runs it as {@code execution} does, to the file with the results. */
  static void run(Path folder, StandStill standStill, Execution execution, String... options)
      throws Exception {
    KilledPipeline killed = new KilledPipeline(folder, Shared.of(standStill), options);
    MetricQueryResults metrics =
        execution.run(killed.pipeline).queryMetrics(MetricsFilter.builder().build());
    List<String> lines = new ArrayList<>(killed.results.elements());
    metrics
        .getCounters()
        .forEach(m -> lines.add("counter " + m.getName().getName() + " " + m.getCommitted()));
    metrics
        .getDistributions()
        .forEach(m -> lines.add("distribution " + m.getName().getName() + " " + m.getCommitted()));
    lines.removeIf(line -> line.startsWith("counter") && !line.startsWith("counter numbers "));
    Files.write(folder.resolve("results"), lines);
  }

  static String key(long number) {
    return "k" + number % 7;
  }

  /** Whether a record counts for sessions: all do for a while, then none. */
  static boolean isActive(KV<String, Long> pair) {
    return pair.getValue() / 60 % 2 == 0;
  }

  private void gather(String name, PCollection<KV<String, Long>> pairs) {
    gatherText(name, pairs.apply(name + " as text", ParDo.of(new TextFn(name))));
  }

  private void gatherText(String name, PCollection<String> lines) {
    parts.add(lines.apply(name + " anywhere", Window.into(new GlobalWindows())));
  }

  private static final class KeysFn extends DoFn<Long, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final Counter count = Metrics.counter(KilledPipeline.class, "numbers");
    private final Distribution values = Metrics.distribution(KilledPipeline.class, "values");

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<String, Long>> output) {
      count.inc();
      values.update(number);
      output.output(KV.of(key(number), number));
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
          name
              + " "
              + pair.getKey()
              + " "
              + window.maxTimestamp().getMillis()
              + ": "
              + pair.getValue());
    }
  }

  private static final class AddFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> view;
    private final PCollectionView<Long> more;

    AddFn(PCollectionView<Long> view, PCollectionView<Long> more) {
      this.view = view;
      this.more = more;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<String, Long> pair = context.element();
      long sum = pair.getValue() + context.sideInput(view) + context.sideInput(more);
      context.output(KV.of(pair.getKey(), sum));
    }
  }

  private static final class BatchFn extends DoFn<KV<String, Iterable<Long>>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<Long>> batch, OutputReceiver<String> output) {
      int size = 0;
      for (long number : batch.getValue()) {
        output.output("batch " + batch.getKey() + " " + number);
        size++;
      }
      if (size > BATCH) {
        throw new IllegalStateException("a batch of " + size);
      }
    }
  }
}
