package dev.sluice.benchmarks.nexmark;

import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.model.KnownSize;
import org.apache.beam.sdk.nexmark.queries.BoundedSideInputJoin;
import org.apache.beam.sdk.nexmark.queries.NexmarkQueryTransform;
import org.apache.beam.sdk.nexmark.queries.Query0;
import org.apache.beam.sdk.nexmark.queries.Query1;
import org.apache.beam.sdk.nexmark.queries.Query10;
import org.apache.beam.sdk.nexmark.queries.Query11;
import org.apache.beam.sdk.nexmark.queries.Query12;
import org.apache.beam.sdk.nexmark.queries.Query13;
import org.apache.beam.sdk.nexmark.queries.Query14;
import org.apache.beam.sdk.nexmark.queries.Query2;
import org.apache.beam.sdk.nexmark.queries.Query3;
import org.apache.beam.sdk.nexmark.queries.Query4;
import org.apache.beam.sdk.nexmark.queries.Query5;
import org.apache.beam.sdk.nexmark.queries.Query6;
import org.apache.beam.sdk.nexmark.queries.Query7;
import org.apache.beam.sdk.nexmark.queries.Query8;
import org.apache.beam.sdk.nexmark.queries.Query9;
import org.apache.beam.sdk.nexmark.queries.SessionSideInputJoin;

/** A query of Nexmark. */
enum Query {
  Q0("0", Agreement.EVERYWHERE),
  Q1("1", Agreement.EVERYWHERE),
  Q2("2", Agreement.EVERYWHERE),
  Q3("3", Agreement.EVERYWHERE),
  Q4("4", Agreement.BATCH_BY_ORDER),
  Q5("5", Agreement.EVERYWHERE),
  Q6("6", Agreement.NOWHERE),
  Q7("7", Agreement.EVERYWHERE),
  Q8("8", Agreement.EVERYWHERE),
  Q9("9", Agreement.BATCH_BY_ORDER),
  Q10("10", Agreement.BATCH_BY_PANES),
  Q11("11", Agreement.EVERYWHERE),
  Q12("12", Agreement.BATCH_BY_CLOCK),
  Q13("13", Agreement.EVERYWHERE),
  Q14("14", Agreement.EVERYWHERE),
  BOUNDED_JOIN("BoundedSideInputJoin", Agreement.EVERYWHERE),
  SESSION_JOIN("SessionSideInputJoin", Agreement.EVERYWHERE);

  /** For how many workers query 10 shards its log. */
  private static final int LOG_WORKERS = 2;

  private final String label;
  private final Agreement agreement;

  Query(String label, Agreement agreement) {
    this.label = label;
    this.agreement = agreement;
  }

  /** The query with the name that Nexmark gives it. */
  static Query named(String label) {
    return Arrays.stream(values())
        .filter(query -> query.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no Nexmark query '" + label + "', there are " + labels() + "."));
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(Query::label).toList();
  }

  String label() {
    return label;
  }

  Agreement agreement() {
    return agreement;
  }

  /** Whether it passes events through, or drops some, and does nothing else. */
  boolean isTrivial() {
    return this == Q0 || this == Q1 || this == Q2;
  }

  /**
   * Whether it can run in {@code mode}. Query 13 groups in the global window with no trigger, which
   * Beam refuses for unbounded input; Nexmark's own launcher leaves it out of streaming as well.
   */
  boolean runsIn(Mode mode) {
    return mode == Mode.BATCH || this != Q13;
  }

  /** The query, not yet applied. */
  NexmarkQueryTransform<? extends KnownSize> create(NexmarkConfiguration configuration) {
    return switch (this) {
      case Q0 -> new Query0();
      case Q1 -> new Query1(configuration);
      case Q2 -> new Query2(configuration);
      case Q3 -> new Query3(configuration);
      case Q4 -> new Query4(configuration);
      case Q5 -> new Query5(configuration);
      case Q6 -> new Query6(configuration);
      case Q7 -> new Query7(configuration);
      case Q8 -> new Query8(configuration);
      case Q9 -> new Query9(configuration);
      case Q10 -> query10(configuration);
      case Q11 -> new Query11(configuration);
      case Q12 -> new Query12(configuration);
      case Q13 -> new Query13(configuration);
      case Q14 -> new Query14(configuration);
      case BOUNDED_JOIN -> new BoundedSideInputJoin(configuration);
      case SESSION_JOIN -> new SessionSideInputJoin(configuration);
    };
  }

  /** Without a folder for output it writes nothing; it divides by the number of its shards. */
  private static Query10 query10(NexmarkConfiguration configuration) {
    Query10 query = new Query10(configuration);
    query.setMaxNumWorkers(LOG_WORKERS);
    return query;
  }
}
