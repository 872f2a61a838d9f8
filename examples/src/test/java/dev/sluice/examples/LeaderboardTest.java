package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeaderboardTest {
  private static final Path SAMPLE = Path.of("examples/data/game.csv");
  private static final long UPDATE_MS = 50;

  private final Received teams = new Received();
  private final Received users = new Received();

  @Test
  void printsTeamScoresEarlyOnTimeAndLate() throws Exception {
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server.port());
      server.send(event("oak", "Owls", 3, "20:01:00") + event("ash", "Owls", 4, "20:02:00"));
      grows(teams.upTo("20:00 team Owls 7 EARLY"));
      server.send("not an event\n" + event("ash", "Owls", 2, "20:04:59"));
      grows(teams.upTo("20:00 team Owls 9 EARLY"));
      server.send(event("elm", "Otters", 1, "20:05:11"));
      grows(teams.upTo("20:00 team Owls 9 ON_TIME"));
      server.send(event("oak", "Owls", 5, "20:03:00"));
      grows(teams.upTo("20:00 team Owls 14 LATE"));
      server.send(event("yew", "Herons", 6, "20:10:11"));
      teams.upTo("20:05 team Otters 1 ON_TIME");
      assertEquals(State.RUNNING, result.getState());
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
  }

  @Test
  void leavesEventsThatAreTooLateToTheUsersAlone() throws Exception {
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server.port());
      server.send(event("oak", "Owls", 3, "20:01:00"));
      server.send(event("elm", "Otters", 1, "20:20:10"));
      teams.upTo("20:00 team Owls 3 ON_TIME");
      server.send(event("oak", "Owls", 5, "20:03:00"));
      users.upTo("      user oak 8");
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    assertFalse(teams.rest().toString().contains("Owls"));
  }

  @Test
  void printsUserScoresWhileTheyGrow() throws Exception {
    try (LineServer server = new LineServer()) {
      PipelineResult result = start(server.port());
      server.send(event("oak", "Owls", 3, "20:01:00") + event("oak", "Owls", 4, "20:08:00"));
      grows(users.upTo("      user oak 7"));
      server.send(event("oak", "Owls", 1, "20:02:00"));
      assertEquals("      user oak 8", users.next());
      server.end();
      assertEquals(State.DONE, result.waitUntilFinish());
    }
    assertEquals(List.of(), users.rest());
  }

  @Test
  void comesToTheSumsOfTheRepositorysGame() throws IOException {
    Leaderboard.Options options = parse("--linesPerSecond=500");
    Feeder.startUnlessGiven(options, "--game", options.getGame());
    assertEquals(State.DONE, start(options).waitUntilFinish());
    Map<String, Integer> teamScores = new HashMap<>();
    Map<String, Integer> userScores = new HashMap<>();
    for (String line : Files.readAllLines(SAMPLE)) {
      String[] fields = line.split(",", -1);
      int score = Integer.parseInt(fields[2]);
      int minute = Integer.parseInt(fields[3].substring(14, 16));
      String window = String.format("20:%02d team %s", minute / 5 * 5, fields[1]);
      teamScores.merge(window, score, Integer::sum);
      userScores.merge("      user " + fields[0], score, Integer::sum);
    }
    assertEquals(16, teamScores.size());
    List<String> teamLines = teams.rest();
    assertEquals(
        teamScores,
        last(teamLines.stream().map(line -> line.substring(0, line.lastIndexOf(' '))).toList()));
    assertEquals(userScores, last(users.rest()));
  }

  /** The last score in the lines of each team or user: {@code 20:00 team Owls 14}. */
  private static Map<String, Integer> last(List<String> lines) {
    Map<String, Integer> last = new HashMap<>();
    for (String line : lines) {
      int space = line.lastIndexOf(' ');
      last.put(line.substring(0, space), Integer.valueOf(line.substring(space + 1)));
    }
    return last;
  }

  /** Checks that no line has a lower score than one before it; all are of one team or user. */
  private static void grows(List<String> lines) {
    int before = 0;
    for (String line : lines) {
      int score = Integer.parseInt(line.strip().replaceAll("^.*[a-z] (\\d+).*$", "$1"));
      assertTrue(score >= before, lines.toString());
      before = score;
    }
  }

  private PipelineResult start(String... args) {
    return start(parse(args));
  }

  private PipelineResult start(Leaderboard.Options options) {
    Pipeline pipeline = Pipeline.create(options);
    Duration update = Duration.millis(options.getUpdateMs());
    PCollection<String> events = Leaderboard.events(pipeline, options);
    Leaderboard.teamScores(events, update).apply("TakeTeams", teams);
    Leaderboard.userScores(events, update).apply("TakeUsers", users);
    return pipeline.run();
  }

  private static Leaderboard.Options parse(String... args) {
    Leaderboard.Options options = Arguments.parse(args, Leaderboard.Options.class);
    options.setUpdateMs(UPDATE_MS);
    return options;
  }

  private static String event(String user, String team, int score, String time) {
    return user + "," + team + "," + score + ",2025-03-10T" + time + "Z\n";
  }
}
