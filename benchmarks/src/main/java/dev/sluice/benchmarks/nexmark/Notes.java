package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What stands below the tables: where results are not compared, why a figure is not there, and what
 * else has to be known.
 */
final class Notes {
  private static final List<String> MARKS = List.of("", " ¹", " ²", " ³", " ⁴", " ⁵", " ⁶");

  private final Measurements measured;
  private final Settings.Scope scope;

  Notes(Measurements measured, Settings.Scope scope) {
    this.measured = measured;
    this.scope = scope;
  }

  /** What stands behind the name of {@code query}. */
  String mark(Query query) {
    return MARKS.get(limited().indexOf(query.agreement()) + 1);
  }

  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (Agreement agreement : limited()) {
      lines.add(MARKS.get(limited().indexOf(agreement) + 1).strip() + " " + agreement.note() + ".");
    }
    if (scope.modes().contains(Mode.STREAMING) && scope.queries().contains(Query.Q13)) {
      lines.add(
          "Query 13 is not in the streaming tables: it groups in the global window with no trigger,"
              + " which Beam refuses for unbounded input. Nexmark's own launcher skips it, too.");
    }
    measured
        .cases()
        .forEach(
            (each, samples) ->
                samples.failures().forEach(failure -> lines.add(each + ": " + failure + ".")));
    for (Measurements.Case each : Fingerprints.missing(measured.cases())) {
      lines.add(each + ": its results are not compared, since there are none to compare.");
    }
    ofGenerator().ifPresent(lines::add);
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }

  /** What query 0 reaches of the limit of the others. */
  private Optional<String> ofGenerator() {
    Aims aims = new Aims(measured);
    List<String> shares = new ArrayList<>();
    for (Mode mode : scope.modes()) {
      OptionalDouble share = aims.shareOf(Limit.GENERATED, Query.Q0, mode);
      if (share.isPresent()) {
        shares.add(Cells.share(share, 0) + " in " + mode.label());
      }
    }
    return shares.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Query 0 consists of coding each event, so its limit does that, too; of the generator"
                + " alone Sluice reaches "
                + String.join(" and ", shares)
                + ".");
  }

  /** The limits of comparison that queries have, in the order of the queries. */
  private List<Agreement> limited() {
    return scope.queries().stream()
        .map(Query::agreement)
        .filter(agreement -> agreement != Agreement.EVERYWHERE)
        .distinct()
        .toList();
  }
}
