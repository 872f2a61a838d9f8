package dev.sluice.benchmarks.nexmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run of the benchmark puts into the document. */
final class Page {
  private final Measurements measured;
  private final Settings settings;
  private final Machine machine;

  Page(Measurements measured, Settings settings, Machine machine) {
    this.measured = measured;
    this.settings = settings;
    this.machine = machine;
  }

  /** Its Markdown. {@code plot} is how it refers to the picture. */
  String markdown(String plot) {
    Notes notes = new Notes(measured, settings.scope());
    Tables tables = new Tables(measured, settings.scope(), notes);
    StringBuilder text = new StringBuilder(origin()).append('\n');
    text.append("![Events a second of each query](").append(plot).append(")\n");
    for (Mode mode : settings.scope().modes()) {
      section(text, mode, "warm", tables.warm(mode));
    }
    for (Mode mode : settings.scope().modes()) {
      section(text, mode, "cold", tables.cold(mode));
    }
    String noted = notes.toString();
    if (!noted.isEmpty()) {
      text.append("\n### Notes\n\n").append(noted);
    }
    return text.toString();
  }

  private static void section(StringBuilder text, Mode mode, String state, String table) {
    text.append("\n### ")
        .append(mode.label())
        .append(", ")
        .append(state)
        .append(", thousand events a second\n\n")
        .append(table);
  }

  private String origin() {
    Settings.Effort effort = settings.effort();
    return String.format(
        Locale.ROOT,
        "%s; %,d events (DirectRunner %,d) of %d generators; processes of each runner: %d, with"
            + " `-Xmx%s`, warm after %d s, %d rounds then, at most %,d s. %s.%n",
        machine,
        effort.load().events(),
        Runner.DIRECT.shareOf(effort.load().events()),
        effort.load().generators(),
        effort.processes(),
        effort.child().heap(),
        effort.rounds().warmUpSeconds(),
        effort.rounds().warm(),
        effort.child().limit().toSeconds(),
        limits());
  }

  private String limits() {
    return Arrays.stream(Limit.values())
        .map(
            limit ->
                "Limit, " + limit.label() + ": " + Cells.rate(measured.of(limit).warm()) + " k/s")
        .collect(Collectors.joining(". "));
  }
}
