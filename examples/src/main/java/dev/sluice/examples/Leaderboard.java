package dev.sluice.examples;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.DateTimeZone;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Keeps the scores of a game whose events come through a socket, some of them late.
 *
 * <p>A team's score counts for five minutes of the game. It is printed while they last, as far as
 * it is known (EARLY), when they are over (ON_TIME), and whenever an event comes late (LATE). A
 * user's score goes on for ever and is printed as it grows, at most every so often.
 */
public final class Leaderboard {
  private static final Duration TEAM_WINDOW = Duration.standardMinutes(5);
  private static final Duration ALLOWED_LATENESS = Duration.standardMinutes(10);
  private static final Duration DISORDER = Duration.standardSeconds(10);

  private Leaderboard() {}

  /** What the command takes. */
  public interface Options extends SocketInput {

    @Description("The events that it feeds itself, if no port is given: user,team,score,time.")
    @Default.String("examples/data/game.csv")
    String getGame();

    void setGame(String file);

    @Description("How many milliseconds scores are collected before they are printed again.")
    @Default.Long(500)
    long getUpdateMs();

    void setUpdateMs(long ms);
  }

  /** Runs it; {@code --help} lists the options. */
  public static void main(String[] args) throws Exception {
    Arguments.runOrExit("Leaderboard", () -> run(args));
  }

  static void run(String[] args) throws IOException {
    Options options = Arguments.parse(args, Options.class);
    Arguments.checkAtLeast(1, "--updateMs", options.getUpdateMs());
    Feeder.startUnlessGiven(options, "--game", options.getGame());
    Pipeline pipeline = Pipeline.create(options);
    Duration update = Duration.millis(options.getUpdateMs());
    PCollection<String> events = events(pipeline, options);
    teamScores(events, update).apply("PrintTeams", new Printed());
    userScores(events, update).apply("PrintUsers", new Printed());
    Streaming.start(pipeline).waitUntilFinish();
  }

  /** The lines that the server sends; their time is that of the event in them. */
  static PCollection<String> events(Pipeline pipeline, Options options) {
    return SocketInput.read(pipeline, options, LineTimes.written(Leaderboard::time, DISORDER));
  }

  /** A line for each pane of a team's window. */
  static PCollection<String> teamScores(PCollection<String> events, Duration update) {
    return events
        .apply("Teams", ParDo.of(new ScoreOf(GameEvent::team)))
        .apply(
            "TeamWindows",
            Window.<KV<String, Integer>>into(FixedWindows.of(TEAM_WINDOW))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withEarlyFirings(
                            AfterProcessingTime.pastFirstElementInPane().plusDelayOf(update))
                        .withLateFirings(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(ALLOWED_LATENESS)
                .accumulatingFiredPanes())
        .apply("TeamScores", Sum.integersPerKey())
        .apply("DescribeTeam", ParDo.of(new DescribeTeam()));
  }

  /** A line for each time that a user's score has grown. */
  static PCollection<String> userScores(PCollection<String> events, Duration update) {
    return events
        .apply("Users", ParDo.of(new ScoreOf(GameEvent::user)))
        .apply(
            "ForEver",
            Window.<KV<String, Integer>>into(new GlobalWindows())
                .triggering(
                    Repeatedly.forever(
                        AfterProcessingTime.pastFirstElementInPane().plusDelayOf(update)))
                .withAllowedLateness(ALLOWED_LATENESS)
                // Nothing is said again at the end for users whose score is known.
                .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .accumulatingFiredPanes())
        .apply("UserScores", Sum.integersPerKey())
        .apply("DescribeUser", ParDo.of(new DescribeUser()));
  }

  private static Optional<Instant> time(String line) {
    return GameEvent.parse(line).map(GameEvent::time);
  }

  /** Takes from a line the score, and whose it is. Malformed lines are left out. */
  private static final class ScoreOf extends DoFn<String, KV<String, Integer>> {
    private static final long serialVersionUID = 1L;

    private final SerializableFunction<GameEvent, String> owner;

    ScoreOf(SerializableFunction<GameEvent, String> owner) {
      this.owner = owner;
    }

    @ProcessElement
    public void process(@Element String line, OutputReceiver<KV<String, Integer>> out) {
      GameEvent.parse(line).ifPresent(e -> out.output(KV.of(owner.apply(e), e.score())));
    }
  }

  private static final class DescribeTeam extends DoFn<KV<String, Integer>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Integer> score,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<String> out) {
      String from = window.start().toDateTime(DateTimeZone.UTC).toString("HH:mm");
      out.output(
          String.format(
              "%s team %s %d %s", from, score.getKey(), score.getValue(), pane.getTiming()));
    }
  }

  private static final class DescribeUser extends DoFn<KV<String, Integer>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Integer> score, OutputReceiver<String> out) {
      out.output("      user " + score.getKey() + " " + score.getValue());
    }
  }
}
