package dev.sluice.benchmarks.nexmark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line by which a child says what a round gave. Its other output is none of ours. */
sealed interface Report {
  /** The line for the coordinator. */
  String line();

  /**
   * A round of {@code events} events took {@code seconds} and had {@code results} results.
   *
   * @param warm whether the process was warm, so that the round counts
   */
  record Timed(boolean warm, long events, double seconds, long results) implements Report {
    private static final Pattern LINE =
        Pattern.compile("nexmark: (cold|warm) events=(\\d+) seconds=([0-9.E-]+) results=(\\d+)");

    @Override
    public String line() {
      return "nexmark: "
          + (warm ? "warm" : "cold")
          + " events="
          + events
          + " seconds="
          + seconds
          + " results="
          + results;
    }

    /** Thousand events a second. */
    double rate() {
      return events / seconds / 1000;
    }
  }

  /** A round of {@code events} events gave {@code fingerprint}. */
  record Hashed(long events, Fingerprint fingerprint) implements Report {
    private static final Pattern LINE =
        Pattern.compile("nexmark: hashed events=(\\d+) results=(\\d+) hash=(-?\\d+)");

    @Override
    public String line() {
      return "nexmark: hashed events="
          + events
          + " results="
          + fingerprint.count()
          + " hash="
          + fingerprint.hash();
    }
  }

  /** What {@code line} says, if it is one of these. */
  static Optional<Report> parse(String line) {
    Matcher timed = Timed.LINE.matcher(line);
    if (timed.matches()) {
      return Optional.of(
          new Timed(
              timed.group(1).equals("warm"),
              Long.parseLong(timed.group(2)),
              Double.parseDouble(timed.group(3)),
              Long.parseLong(timed.group(4))));
    }
    Matcher hashed = Hashed.LINE.matcher(line);
    if (hashed.matches()) {
      return Optional.of(
          new Hashed(
              Long.parseLong(hashed.group(1)),
              new Fingerprint(Long.parseLong(hashed.group(2)), Long.parseLong(hashed.group(3)))));
    }
    return Optional.empty();
  }
}
