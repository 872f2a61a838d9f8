package dev.sluice.examples;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.stream.CheckpointOptions;
import dev.sluice.engine.stream.DStream;
import dev.sluice.engine.stream.PairDStream;
import dev.sluice.engine.stream.StreamEvent;
import dev.sluice.engine.stream.StreamListener;
import dev.sluice.engine.stream.StreamingContext;
import dev.sluice.engine.stream.StreamingOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * Counts the words that come through a socket, of the last seconds and since the start, and prints
 * the top ones of both, batch by batch: {@link SocketWordCount} on the engine alone.
 *
 * <p>With {@code --checkpointDir} it goes on where it has been before, whatever has ended it.
 *
 * <p>It ends when the server closes the connection. By itself it feeds itself with a text; with
 * {@code --port=9999} it counts what is typed into {@code nc -lk 9999}.
 */
public final class DStreamWordCount {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ISO_LOCAL_TIME.withZone(ZoneId.systemDefault());

  private DStreamWordCount() {}

  /** What the command takes. */
  public interface Options extends SocketInput {

    @Description("The text that it feeds itself, if no port is given.")
    @Default.String("examples/data/poems.txt")
    String getInputFile();

    void setInputFile(String file);

    @Description("The milliseconds of a batch, at least 1.")
    @Default.Long(1_000)
    long getBatchMs();

    void setBatchMs(long ms);

    @Description("The milliseconds of the window, a multiple of those of a batch.")
    @Default.Long(3_000)
    long getWindowLengthMs();

    void setWindowLengthMs(long ms);

    @Description(
        "A folder for what has been counted, from which it goes on when it is started again.")
    String getCheckpointDir();

    void setCheckpointDir(String folder);

    @Description("How many words are printed of the window and of all, at least 1.")
    @Default.Integer(8)
    int getTop();

    void setTop(int words);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("DStreamWordCount", () -> run(args));
  }

  private static void run(String[] args) throws IOException, InterruptedException {
    Options options = options(args);
    StreamingOptions streaming = new StreamingOptions(Duration.ofMillis(options.getBatchMs()));
    if (options.getCheckpointDir() != null) {
      // Whoever starts it again knows that the one before is gone.
      streaming.checkpoint(CheckpointOptions.in(options.getCheckpointDir()).withTakeOver());
    }
    try (StreamingContext context = new StreamingContext(streaming)) {
      // On Ctrl-C nothing more is read, and what was read is still counted.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> context.stop(true), "stop"));
      run(context, options, System.out::println);
    }
  }

  static Options options(String[] args) {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--batchMs", options.getBatchMs());
    Arguments.checkAtLeast(1, "--windowLengthMs", options.getWindowLengthMs());
    Arguments.checkAtLeast(1, "--top", options.getTop());
    if (options.getWindowLengthMs() % options.getBatchMs() != 0) {
      throw new UsageException(
          String.format(
              "--windowLengthMs=%d: must be a multiple of --batchMs=%d",
              options.getWindowLengthMs(), options.getBatchMs()));
    }
    return options;
  }

  /** Hands a line for each batch to {@code out}, until the connection ends. */
  static void run(StreamingContext context, Options options, Consumer<String> out)
      throws IOException, InterruptedException {
    Feeder.startUnlessGiven(options, "--inputFile", options.getInputFile());
    DStream<String> lines = context.socketTextStream(options.getHost(), options.getPort());
    Duration window = Duration.ofMillis(options.getWindowLengthMs());
    counts(lines, window, Duration.ofMillis(options.getBatchMs()))
        .foreachPairRDD(
            "print",
            (words, timeMs) -> out.accept(line(timeMs, words.collectAsMap(), options.getTop())));
    Connection connection = new Connection();
    context.addListener(connection);
    context.start();
    connection.awaitEnd();
    // What has come up to the end goes into one more batch.
    context.stop(true);
    context.awaitTermination();
    connection.check(options);
  }

  /** Each word that ever came, with its number in all and in the last {@code window}, if any. */
  private static PairDStream<String, Pair<Long, Optional<Long>>> counts(
      DStream<String> lines, Duration window, Duration slide) {
    PairDStream<String, Long> batch =
        lines
            .flatMap(DStreamWordCount::words)
            .mapToPair(word -> Pair.of(word, 1L))
            .reduceByKey(Long::sum);
    PairDStream<String, Long> recent =
        batch.reduceByKeyAndWindow(
            Long::sum, (all, left) -> all - left, window, slide, pair -> pair.value() > 0);
    PairDStream<String, Long> total =
        batch.updateStateByKey(
            (counts, before) ->
                Optional.of(before.orElse(0L) + counts.stream().mapToLong(n -> n).sum()));
    return total.leftOuterJoin(recent);
  }

  private static List<String> words(String line) {
    return WordCount.ExtractWords.WORD
        .matcher(line)
        .results()
        .map(MatchResult::group)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String line(
      long timeMs, Map<String, Pair<Long, Optional<Long>>> words, int limit) {
    return String.format(
        "%s  lately %s; in all %s",
        TIME.format(Instant.ofEpochMilli(timeMs)),
        top(words, count -> count.value().orElse(0L), limit),
        top(words, Pair::key, limit));
  }

  /** The words with the largest numbers; of equal ones the first in the alphabet. */
  private static <C> String top(Map<String, C> words, Function<C, Long> number, int limit) {
    String top =
        words.entrySet().stream()
            .map(word -> Map.entry(word.getKey(), number.apply(word.getValue())))
            .filter(word -> word.getValue() > 0)
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(limit)
            .map(word -> word.getKey() + " " + word.getValue())
            .collect(Collectors.joining(", "));
    return top.isEmpty() ? "nothing" : top;
  }

  /** Waits for the end of the first connection; the stream would connect again. */
  private static final class Connection implements StreamListener {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Throwable failure;

    @Override
    public void onEvent(StreamEvent event) {
      if (event instanceof StreamEvent.StreamingStopped) {
        ended.countDown();
      } else if (event instanceof StreamEvent.ReceiverChanged changed) {
        if (changed.event() instanceof ReceiverEvent.Failed failed) {
          failure = failed.cause();
        } else if (changed.event() instanceof ReceiverEvent.Restarting) {
          ended.countDown();
        }
      }
    }

    void awaitEnd() throws InterruptedException {
      ended.await();
    }

    /** Throws if it has not ended in order. */
    void check(Options options) throws IOException {
      String server = options.getHost() + ":" + options.getPort();
      if (failure instanceof ConnectException) {
        throw new UsageException(
            String.format(
                "nobody serves lines at %s: start the server first, such as nc -lk %d",
                server, options.getPort()),
            failure);
      }
      if (failure != null) {
        throw new IOException("the lines of " + server + " end too early: " + failure, failure);
      }
    }
  }
}
