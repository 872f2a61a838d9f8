package dev.sluice.examples;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Top;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Counts the words that come through a socket, second by second, and prints the top ones: {@link
 * WordCount} on a stream.
 *
 * <p>It ends when the server closes the connection. By itself it feeds itself with a text; with
 * {@code --port=9999} it counts what is typed into {@code nc -lk 9999}.
 */
public final class SocketWordCount {
  private SocketWordCount() {}

  /** What the command takes. */
  public interface Options extends SocketInput {

    @Description("The text that it feeds itself, if no port is given.")
    @Default.String("examples/data/poems.txt")
    String getInputFile();

    void setInputFile(String file);

    @Description("The milliseconds of a window, at least 1.")
    @Default.Long(1_000)
    long getWindowMs();

    void setWindowMs(long ms);

    @Description("How many words are printed for a window, at least 1.")
    @Default.Integer(8)
    int getTop();

    void setTop(int words);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("SocketWordCount", () -> run(args));
  }

  static void run(String[] args) throws IOException {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--windowMs", options.getWindowMs());
    Arguments.checkAtLeast(1, "--top", options.getTop());
    Feeder.startUnlessGiven(options, "--inputFile", options.getInputFile());
    Pipeline pipeline = Pipeline.create(options);
    PCollection<String> lines = SocketInput.read(pipeline, options, LineTimes.arrival());
    topWords(lines, options).apply("Print", new Printed());
    Streaming.start(pipeline).waitUntilFinish();
  }

  /** For each window a line with the words that came most often in it. */
  static PCollection<String> topWords(PCollection<String> lines, Options options) {
    Duration window = Duration.millis(options.getWindowMs());
    return lines
        .apply("Windows", Window.into(FixedWindows.of(window)))
        .apply("CountWords", new WordCount.CountWords())
        .apply("Top", Top.of(options.getTop(), new ByCount()).withoutDefaults())
        .apply("Describe", ParDo.of(new Describe()));
  }

  /** Of words that came equally often, the first in the alphabet is greater. */
  private static final class ByCount implements Comparator<KV<String, Long>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(KV<String, Long> one, KV<String, Long> other) {
      int byCount = Long.compare(one.getValue(), other.getValue());
      return byCount != 0 ? byCount : other.getKey().compareTo(one.getKey());
    }
  }

  /** Makes a line of a window's words: when the window began, each word and how often it came. */
  private static final class Describe extends DoFn<List<KV<String, Long>>, String> {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ISO_LOCAL_TIME.withZone(ZoneId.systemDefault());

    @ProcessElement
    public void process(
        @Element List<KV<String, Long>> words, IntervalWindow window, OutputReceiver<String> out) {
      String start = TIME.format(Instant.ofEpochMilli(window.start().getMillis()));
      out.output(
          words.stream()
              .map(word -> word.getKey() + " " + word.getValue())
              .collect(Collectors.joining(", ", start + "  ", "")));
    }
  }
}
