package dev.sluice.examples;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the examples need of a line in the Combined Log Format of web servers. */
record LogLine(String address, Instant time, String method, String path, int status, String agent) {

  private static final String TEXT = "((?:[^\"\\\\]|\\\\.)*+)";

  // host ident user [time] "method path protocol" status bytes "referer" "agent"
  private static final Pattern FORMAT =
      Pattern.compile(
          "([\\p{XDigit}.:]+) \\S+ \\S+ \\[([^\\]]+)\\] \"([A-Z]+) (\\S+) HTTP/[\\d.]+\""
              + " (\\d{3}) (?:\\d+|-) \"#\" \"#\"".replace("#", TEXT));

  private static final Pattern ASSET = Pattern.compile(".*\\.(css|js|svg|jpg|png|ico|txt)");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The parts of {@code line}, or nothing if it is malformed. */
  static Optional<LogLine> parse(String line) {
    Matcher parts = FORMAT.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogLine(
              parts.group(1),
              OffsetDateTime.parse(parts.group(2), TIME).toInstant(),
              parts.group(3),
              parts.group(4),
              Integer.parseInt(parts.group(5)),
              parts.group(7)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Whether a page was asked for and found, not a picture, a script or the like. */
  boolean isPage() {
    return method.equals("GET")
        && (status == 200 || status == 304)
        && !ASSET.matcher(path).matches();
  }

  /** Who asked, as far as the log tells: an address may be that of several people. */
  String visitor() {
    return address + " " + agent;
  }
}
