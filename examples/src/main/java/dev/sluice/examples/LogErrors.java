package dev.sluice.examples;

import java.io.IOException;
import java.io.Serializable;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.DateTimeZone;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Follows the log of a web server as it grows, and prints for every so many minutes how many
 * requests there were and how many of them failed.
 *
 * <p>Time is what the log says. Servers log a request when it has ended, so lines may be out of
 * order by {@code --disorderSeconds}; a window comes out when a line was written that much later.
 * It runs until Ctrl-C, which lets the last windows out. Without {@code --follow} it writes a log
 * itself, line by line, and ends with it.
 */
public final class LogErrors {
  private static final String LINES = "lines";
  private static final String GROWING_LOG = "examples/target/growing/access.log";
  private static final Duration LOOK = Duration.millis(50);

  private LogErrors() {}

  /** What the command takes. */
  public interface Options extends PipelineOptions {

    @Description("The log to follow, in the Combined Log Format; none to have one written.")
    String getFollow();

    void setFollow(String file);

    @Description("The minutes of a window, at least 1.")
    @Default.Long(60)
    long getWindowMinutes();

    void setWindowMinutes(long minutes);

    @Description("By how many seconds lines may be out of order. Later ones do not count.")
    @Default.Long(10)
    long getDisorderSeconds();

    void setDisorderSeconds(long seconds);

    @Description("What is written as a log, if none is followed.")
    @Default.String("examples/data/access.log")
    String getSample();

    void setSample(String file);

    @Description("How many lines a second are written, at least 1.")
    @Default.Integer(200)
    int getLinesPerSecond();

    void setLinesPerSecond(int lines);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("LogErrors", () -> run(args));
  }

  static void run(String[] args) throws IOException, InterruptedException {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--windowMinutes", options.getWindowMinutes());
    Arguments.checkAtLeast(0, "--disorderSeconds", options.getDisorderSeconds());
    if (options.getFollow() == null) {
      writeAndFollow(options);
    } else {
      Streaming.start(follow(options)).waitUntilFinish();
    }
  }

  private static void writeAndFollow(Options options) throws IOException, InterruptedException {
    PacedLines lines = PacedLines.of("--sample", options.getSample(), options.getLinesPerSecond());
    Path log = Path.of(GROWING_LOG);
    Files.createDirectories(log.getParent());
    options.setFollow(log.toString());
    try (Writer out = Files.newBufferedWriter(log)) {
      PipelineResult result = Streaming.start(follow(options));
      lines.writeTo(out);
      awaitLines(result, lines.lines().size());
      Streaming.drain(result);
    }
  }

  private static Pipeline follow(Options options) {
    Pipeline pipeline = Pipeline.create(options);
    errors(pipeline, options).apply("Print", new Printed());
    return pipeline;
  }

  /** For each window a line with its requests. */
  static PCollection<String> errors(Pipeline pipeline, Options options) {
    LineTimes times =
        LineTimes.written(LogErrors::time, Duration.standardSeconds(options.getDisorderSeconds()));
    Duration window = Duration.standardMinutes(options.getWindowMinutes());
    return pipeline
        .apply("Follow", Read.from(new FollowedFile(options.getFollow(), times)))
        .apply("Parse", ParDo.of(new Parse()))
        .setCoder(SerializableCoder.of(Requests.class))
        .apply("Windows", Window.into(FixedWindows.of(window)))
        .apply("Sum", Combine.globally(Requests::sum).withoutDefaults())
        .apply("Describe", ParDo.of(new Describe()));
  }

  private static Optional<Instant> time(String line) {
    return LogLine.parse(line).map(parsed -> Instant.ofEpochMilli(parsed.time().toEpochMilli()));
  }

  /** Waits until the pipeline has read {@code lines} lines, or has ended. */
  static void awaitLines(PipelineResult result, long lines) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(LogErrors.class, LINES))
            .build();
    long read = 0;
    while (read < lines && result.waitUntilFinish(LOOK) == null) {
      read = 0;
      for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
        read += counter.getAttempted();
      }
    }
  }

  /** How many requests there were, and how many of them failed. */
  record Requests(long all, long failed) implements Serializable {
    static Requests sum(Iterable<Requests> some) {
      long all = 0;
      long failed = 0;
      for (Requests requests : some) {
        all += requests.all;
        failed += requests.failed;
      }
      return new Requests(all, failed);
    }
  }

  /** Makes a request of a line; counts all lines, and leaves malformed ones out. */
  private static final class Parse extends DoFn<String, Requests> {
    private static final long serialVersionUID = 1L;

    private final Counter lines = Metrics.counter(LogErrors.class, LINES);

    @ProcessElement
    public void process(@Element String text, OutputReceiver<Requests> out) {
      lines.inc();
      LogLine.parse(text)
          .ifPresent(line -> out.output(new Requests(1, line.status() >= 400 ? 1 : 0)));
    }
  }

  /** Makes a line of a window: when it began, requests, failed ones, their share. */
  private static final class Describe extends DoFn<Requests, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element Requests requests, IntervalWindow window, OutputReceiver<String> out) {
      out.output(
          String.format(
              Locale.ROOT,
              "%s  %d requests, %d failed (%.1f%%)",
              window.start().toDateTime(DateTimeZone.UTC).toString("yyyy-MM-dd HH:mm"),
              requests.all(),
              requests.failed(),
              100.0 * requests.failed() / requests.all()));
    }
  }
}
