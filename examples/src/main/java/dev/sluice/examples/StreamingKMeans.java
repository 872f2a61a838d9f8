package dev.sluice.examples;

import dev.sluice.examples.KMeans.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Follows clusters of points that move: {@link KMeans} on a stream, after Spark's streaming
 * k-means. The centres are state, and each window of points moves them on.
 *
 * <p>All is under one key, as each batch needs the centres that the last one left.
 */
public final class StreamingKMeans {
  private StreamingKMeans() {}

  /** What the command takes. */
  public interface Options extends SocketInput {

    @Description("The points that it feeds itself, if no port is given: seconds,x,y, in order.")
    @Default.String("examples/data/moving-points.csv")
    String getPoints();

    void setPoints(String file);

    @Description("How many centres there are, at least 1.")
    @Default.Integer(3)
    int getClusters();

    void setClusters(int clusters);

    @Description("How much the past counts after a batch, from 0 (nothing) to 1 (all of it).")
    @Default.Double(0.3)
    double getDecay();

    void setDecay(double decay);

    @Description("How many seconds of points are a batch, at least 1.")
    @Default.Long(5)
    long getBatchSeconds();

    void setBatchSeconds(long seconds);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("StreamingKMeans", () -> run(args));
  }

  static void run(String[] args) throws IOException {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--clusters", options.getClusters());
    Arguments.checkAtLeast(1, "--batchSeconds", options.getBatchSeconds());
    if (!(options.getDecay() >= 0 && options.getDecay() <= 1)) {
      throw new UsageException("--decay=" + options.getDecay() + ": must be from 0 to 1");
    }
    Feeder.startUnlessGiven(options, "--points", options.getPoints());
    Pipeline pipeline = Pipeline.create(options);
    centres(pipeline, options).apply("Print", new Printed());
    Streaming.start(pipeline).waitUntilFinish();
  }

  /** A line for each batch: when it ended, and where the centres are then. */
  static PCollection<String> centres(Pipeline pipeline, Options options) {
    Duration batch = Duration.standardSeconds(options.getBatchSeconds());
    return SocketInput.read(
            pipeline, options, LineTimes.written(StreamingKMeans::time, Duration.ZERO))
        .apply("Parse", ParDo.of(new Parse()))
        .apply("Batches", Window.into(FixedWindows.of(batch)))
        .apply("Batch", GroupByKey.create())
        .apply("InTurn", Window.into(new GlobalWindows()))
        .apply("Move", ParDo.of(new Move(options.getClusters(), options.getDecay())));
  }

  private static Optional<Instant> time(String line) {
    try {
      double seconds = Double.parseDouble(line.substring(0, Math.max(0, line.indexOf(','))));
      return Optional.of(Instant.ofEpochMilli(Math.round(seconds * 1000)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static final class Parse extends DoFn<String, KV<String, Point>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line, OutputReceiver<KV<String, Point>> out) {
      out.output(KV.of("all", KMeans.parse(line.substring(line.indexOf(',') + 1))));
    }
  }

  /** Moves the centres by one batch after another. */
  private static final class Move extends DoFn<KV<String, Iterable<Point>>, String> {
    private static final long serialVersionUID = 1L;

    private final int clusters;
    private final double decay;

    @StateId("centres")
    private final StateSpec<ValueState<Centres>> spec =
        StateSpecs.value(SerializableCoder.of(Centres.class));

    Move(int clusters, double decay) {
      this.clusters = clusters;
      this.decay = decay;
    }

    /** Batches are in the order of their time whatever order they come in. */
    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Point>> batch,
        @Timestamp Instant end,
        @StateId("centres") ValueState<Centres> state,
        OutputReceiver<String> out) {
      List<Point> points = new ArrayList<>();
      batch.getValue().forEach(points::add);
      Centres before = state.read();
      if (before == null) {
        before = Centres.among(points, clusters);
      }
      Centres moved = before.after(points, decay);
      state.write(moved);
      out.output(
          moved.centres().stream()
              .map(c -> String.format(Locale.ROOT, "(%.4f, %.4f)", c.at().x(), c.at().y()))
              .collect(Collectors.joining("  ", (end.getMillis() + 1) / 1000 + " s  ", "")));
    }
  }
}
