package dev.sluice.validates;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Beam test took too long; the message shows what every thread was doing then. */
final class TimeLimitExceeded extends Exception {

  private static final long serialVersionUID = 1;

  TimeLimitExceeded(Duration limit) {
    super("took longer than " + limit.toSeconds() + " s; threads then:\n" + threads());
  }

  private static String threads() {
    Map<String, String> dump = new TreeMap<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) ->
                dump.put(
                    thread.getName() + " #" + thread.getId() + " " + thread.getState(),
                    Stream.of(stack)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining())));
    return dump.entrySet().stream()
        .map(entry -> entry.getKey() + entry.getValue())
        .collect(Collectors.joining("\n"));
  }
}
