package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testutils.metrics.MetricsReader;
import org.apache.beam.sdk.testutils.metrics.TimeMonitor;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * One WordCount in this process; reports lines per second, from the first line read to the last
 * count, as Beam's own load tests measure. Arguments: runner, text.
 */
final class WordCountRun {
  private static final String NAMESPACE = "wordcount";

  private WordCountRun() {}

  public static void main(String[] args) throws IOException {
    try (ScratchFolder output = new ScratchFolder("sluice-wordcount-out")) {
      Child.report(rate(args, output.path()));
    }
  }

  private static double rate(String[] args, Path output) throws IOException {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=" + args[0]).withValidation().create());
    pipeline
        .apply(TextIO.read().from(args[1]))
        .apply("Start", ParDo.of(new TimeMonitor<>(NAMESPACE, "start")))
        .apply("Words", ParDo.of(new Words()))
        .apply(Count.perElement())
        .apply("End", ParDo.of(new TimeMonitor<>(NAMESPACE, "end")))
        .apply(MapElements.into(TypeDescriptors.strings()).via(WordCountRun::format))
        .apply(TextIO.write().to(output.resolve("counts").toString()));
    long lines;
    try (var all = Files.lines(Path.of(args[1]))) {
      lines = all.count();
    }
    var result = pipeline.run();
    result.waitUntilFinish();
    MetricsReader reader = new MetricsReader(result, NAMESPACE);
    double seconds = (reader.getEndTimeMetric("end") - reader.getStartTimeMetric("start")) / 1e3;
    return lines / seconds;
  }

  private static String format(KV<String, Long> count) {
    return count.getKey() + ": " + count.getValue();
  }

  private static final class Words extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, OutputReceiver<String> output) {
      int start = -1;
      for (int i = 0; i <= line.length(); i++) {
        boolean letter = i < line.length() && Character.isLetter(line.charAt(i));
        if (letter && start < 0) {
          start = i;
        } else if (!letter && start >= 0) {
          output.output(line.substring(start, i));
          start = -1;
        }
      }
    }
  }
}
