package dev.sluice.examples;

import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Finds the visits in the log of a web server: pages that one visitor read with less than thirty
 * minutes between them.
 *
 * <p>Malformed lines are counted and written to a file of their own: real logs have some, so the
 * pipeline must not fail on them, and nobody would notice if it dropped them.
 */
public final class VisitorSessions {
  private static final Duration GAP = Duration.standardMinutes(30);
  private static final String MALFORMED_LINES = "malformedLines";
  private static final TupleTag<KV<String, Instant>> PAGES = new TupleTag<>("pages") {};
  private static final TupleTag<String> MALFORMED = new TupleTag<>("malformed") {};

  private VisitorSessions() {}

  /** What the command takes. */
  public interface Options extends PipelineOptions {

    @Description("The log, a file or a pattern, in the Combined Log Format.")
    @Default.String("examples/data/access.log")
    String getLog();

    void setLog(String pattern);

    @Description(
        "The file for the sessions, CSV with the columns address,start,pages,seconds,agent.")
    @Default.String("examples/target/sessions/sessions.csv")
    String getSessions();

    void setSessions(String file);

    @Description("The file for malformed lines.")
    @Default.String("examples/target/sessions/malformed.log")
    String getMalformed();

    void setMalformed(String file);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit(
        "VisitorSessions",
        () -> {
          Options options = Arguments.parse(args, Options.class);
          PipelineResult result = run(options);
          System.out.printf(
              "The sessions: %s%nThe %d malformed lines: %s%n",
              options.getSessions(), malformedLines(result), options.getMalformed());
        });
  }

  static PipelineResult run(Options options) {
    Pipeline pipeline = Pipeline.create(options);
    Arguments.checkInput("--log", options.getLog());
    PCollectionTuple parsed =
        pipeline
            .apply("Read", TextIO.read().from(options.getLog()))
            .apply(
                "Parse", ParDo.of(new Parse()).withOutputTags(PAGES, TupleTagList.of(MALFORMED)));
    parsed
        .get(PAGES)
        .apply("Sessions", Window.into(Sessions.withGapDuration(GAP)))
        .apply("GroupByVisitor", GroupByKey.create())
        .apply("Describe", ParDo.of(new Describe()))
        .apply("AllSessions", Window.into(new GlobalWindows()))
        .apply(
            "WriteSessions",
            TextIO.write()
                .to(options.getSessions())
                .withoutSharding()
                .withHeader("address,start,pages,seconds,agent"));
    parsed
        .get(MALFORMED)
        .apply("WriteMalformed", TextIO.write().to(options.getMalformed()).withoutSharding());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  /** How many lines {@link Parse} could not parse. */
  static long malformedLines(PipelineResult result) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(VisitorSessions.class, MALFORMED_LINES))
            .build();
    long lines = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      lines += counter.getAttempted();
    }
    return lines;
  }

  /** Gives each page the time at which it was asked for; its key is the visitor. */
  static final class Parse extends DoFn<String, KV<String, Instant>> {
    private static final long serialVersionUID = 1L;

    private final Counter malformed = Metrics.counter(VisitorSessions.class, MALFORMED_LINES);

    @ProcessElement
    public void process(@Element String text, MultiOutputReceiver out) {
      Optional<LogLine> line = LogLine.parse(text);
      if (line.isEmpty()) {
        malformed.inc();
        out.get(MALFORMED).output(text);
      } else if (line.get().isPage()) {
        Instant time = Instant.ofEpochMilli(line.get().time().toEpochMilli());
        out.get(PAGES).outputWithTimestamp(KV.of(line.get().visitor(), time), time);
      }
    }
  }

  /** Makes a line of CSV of a session. The user agent is quoted, as it can hold anything. */
  static final class Describe extends DoFn<KV<String, Iterable<Instant>>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Instant>> session, OutputReceiver<String> out) {
      long pages = 0;
      long first = Long.MAX_VALUE;
      long last = Long.MIN_VALUE;
      for (Instant page : session.getValue()) {
        pages++;
        first = Math.min(first, page.getMillis());
        last = Math.max(last, page.getMillis());
      }
      String[] visitor = session.getKey().split(" ", 2);
      out.output(
          String.format(
              "%s,%s,%d,%d,\"%s\"",
              visitor[0],
              java.time.Instant.ofEpochMilli(first),
              pages,
              (last - first) / 1000,
              visitor[1].replace("\"", "\"\"")));
    }
  }
}
