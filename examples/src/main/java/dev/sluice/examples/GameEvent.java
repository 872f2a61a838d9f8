package dev.sluice.examples;

import java.time.DateTimeException;
import java.util.Optional;
import org.joda.time.Instant;

/** That a user has scored for a team. */
record GameEvent(String user, String team, int score, Instant time) {

  /** The event in a line {@code user,team,score,time}, or nothing if it is malformed. */
  static Optional<GameEvent> parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new GameEvent(
              fields[0],
              fields[1],
              Integer.parseInt(fields[2]),
              Instant.ofEpochMilli(java.time.Instant.parse(fields[3]).toEpochMilli())));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
