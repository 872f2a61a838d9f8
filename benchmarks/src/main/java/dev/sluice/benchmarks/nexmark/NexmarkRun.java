package dev.sluice.benchmarks.nexmark;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryTransform;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.StreamingOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The program that each runner runs: one query several times in this process, the first time cold.
 * Prints a {@link Report} for each round. Its arguments are {@link RunArguments}.
 */
final class NexmarkRun {
  private final RunArguments arguments;

  NexmarkRun(RunArguments arguments) {
    this.arguments = arguments;
  }

  public static void main(String[] args) {
    ChildMain.exitAfter(
        () -> {
          RunArguments arguments = RunArguments.parse(List.of(args));
          NexmarkRun run = new NexmarkRun(arguments);
          arguments.rounds().warmUp(run::timed);
          arguments.rounds().time(run::timed);
          if (arguments.hashedEvents() > 0) {
            System.out.println(run.hashed().line());
          }
        });
  }

  /** Runs and times one round. */
  Report.Timed timed(boolean warm) {
    long events = arguments.load().events();
    Pipeline pipeline = pipeline(events, false);
    // The waste of the last round is not this one's.
    System.gc();
    long start = System.nanoTime();
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Report.Timed(warm, events, seconds, Results.of(result).count());
  }

  /** Runs the round whose results are hashed. */
  Report.Hashed hashed() {
    long events = arguments.hashedEvents();
    PipelineResult result = pipeline(events, true).run();
    result.waitUntilFinish();
    return new Report.Hashed(events, Results.of(result));
  }

  private Pipeline pipeline(long events, boolean hashed) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments.options().toArray(String[]::new)).create();
    Pipeline pipeline = Pipeline.create(options);
    NexmarkUtils.setupPipeline(NexmarkUtils.CoderStrategy.HAND, pipeline);
    NexmarkConfiguration configuration = arguments.load().ofEvents(events).configuration();
    NexmarkQueryTransform<? extends KnownSize> query = arguments.query().create(configuration);
    if (query.needsSideInput()) {
      query.setSideInput(NexmarkUtils.prepareSideInput(pipeline, configuration));
    }
    boolean streaming = options.as(StreamingOptions.class).isStreaming();
    finish(pipeline.apply(source(configuration, streaming)).apply(query), hashed);
    return pipeline;
  }

  private static PTransform<PBegin, PCollection<Event>> source(
      NexmarkConfiguration configuration, boolean streaming) {
    return streaming
        ? NexmarkUtils.streamEventsSource(configuration)
        : NexmarkUtils.batchEventsSource(configuration);
  }

  private static <T> void finish(PCollection<T> results, boolean hashed) {
    Coder<T> coder = hashed ? results.getCoder() : null;
    results.apply("Results", ParDo.of(new Results<>(coder)));
  }
}
