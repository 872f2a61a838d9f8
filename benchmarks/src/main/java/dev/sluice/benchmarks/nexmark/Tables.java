package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The tables of what was measured, with what misses an aim in bold. */
final class Tables {
  /** Below this no figure lies: nothing is bold. */
  private static final double NO_AIM = 0;

  private final Measurements measured;
  private final Settings.Scope scope;
  private final Notes notes;
  private final Aims aims;

  Tables(Measurements measured, Settings.Scope scope, Notes notes) {
    this.measured = measured;
    this.scope = scope;
    this.notes = notes;
    this.aims = new Aims(measured);
  }

  /** Rates of warm rounds in {@code mode}, and what they are compared with. */
  String warm(Mode mode) {
    boolean streaming = mode == Mode.STREAMING;
    List<Runner> runners = scope.runnersIn(mode);
    List<String> heads = heads(runners);
    heads.add(streaming ? "times Flink" : "times best peer");
    heads.add("of the limit");
    if (streaming) {
      heads.add("of batch");
    }
    MarkdownTable table = new MarkdownTable(heads);
    for (Query query : scope.queriesIn(mode)) {
      List<String> row = row(query, runners, runner -> measured.warm(query, mode, runner));
      double least = query.isTrivial() ? NO_AIM : Aims.leastRatio(mode);
      row.add(Cells.ratio(aims.ratio(query, mode), least));
      row.add(
          Cells.share(aims.limitShare(query, mode), query.isTrivial() ? Aims.LIMIT_SHARE : NO_AIM));
      if (streaming) {
        row.add(Cells.share(aims.streamingShare(query), Aims.STREAMING_SHARE));
      }
      table.row(row);
    }
    table.row(mean(mode, heads.size(), runners.size()));
    return table.toString();
  }

  /** Rates of first rounds in {@code mode}. */
  String cold(Mode mode) {
    List<Runner> runners = scope.runnersIn(mode);
    MarkdownTable table = new MarkdownTable(heads(runners));
    for (Query query : scope.queriesIn(mode)) {
      table.row(row(query, runners, runner -> measured.cold(query, mode, runner)));
    }
    return table.toString();
  }

  private List<String> mean(Mode mode, int columns, int runners) {
    List<String> row = new ArrayList<>(List.of("geometric mean from query 3 on"));
    for (int i = 0; i < runners; i++) {
      row.add("");
    }
    row.add(Cells.ratio(aims.meanRatio(scope.queriesIn(mode), mode), Aims.leastMean(mode)));
    while (row.size() < columns) {
      row.add("");
    }
    return row;
  }

  private List<String> row(
      Query query, List<Runner> runners, Function<Runner, OptionalDouble> rate) {
    List<String> row = new ArrayList<>(List.of(query.label() + notes.mark(query)));
    for (Runner runner : runners) {
      row.add(Cells.rate(rate.apply(runner)));
    }
    return row;
  }

  private static List<String> heads(List<Runner> runners) {
    List<String> heads = new ArrayList<>(List.of("query"));
    runners.forEach(runner -> heads.add(runner.title()));
    return heads;
  }
}
