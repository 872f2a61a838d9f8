package dev.sluice.benchmarks.nexmark;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What Sluice is to reach, and what it reaches.
 *
 * <p>In batch the peer is the best of the three, in streaming it is Flink. Queries that do nothing
 * but pass events through have the generator for their limit, not a peer.
 */
final class Aims {
  static final double LIMIT_SHARE = 0.6;
  static final double STREAMING_SHARE = 0.7;

  private final Measurements measured;

  Aims(Measurements measured) {
    this.measured = measured;
  }

  /** The least ratio to the peer that a query may have in {@code mode}. */
  static double leastRatio(Mode mode) {
    return mode == Mode.BATCH ? 1.7 : 3;
  }

  /** The least geometric mean of the ratios in {@code mode}. */
  static double leastMean(Mode mode) {
    return mode == Mode.BATCH ? 3 : 5;
  }

  /** Who Sluice is compared with in {@code mode}. */
  static List<Runner> peers(Mode mode) {
    return mode == Mode.BATCH
        ? List.of(Runner.DIRECT, Runner.FLINK, Runner.SPARK)
        : List.of(Runner.FLINK);
  }

  /** How many times as fast as the fastest peer Sluice runs {@code query}. */
  OptionalDouble ratio(Query query, Mode mode) {
    OptionalDouble best =
        peers(mode).stream()
            .map(peer -> measured.warm(query, mode, peer))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .max();
    return quotient(sluice(query, mode), best);
  }

  /** The geometric mean of the ratios that there are, of queries that do more than pass on. */
  OptionalDouble meanRatio(List<Query> queries, Mode mode) {
    OptionalDouble meanLog =
        queries.stream()
            .filter(query -> !query.isTrivial())
            .map(query -> ratio(query, mode))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(ratio -> Math.log(ratio.getAsDouble()))
            .average();
    return meanLog.isPresent()
        ? OptionalDouble.of(Math.exp(meanLog.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** Which part of its limit Sluice reaches with {@code query}. */
  OptionalDouble limitShare(Query query, Mode mode) {
    return shareOf(Limit.of(query), query, mode);
  }

  /** Which part of {@code limit} Sluice reaches with {@code query}. */
  OptionalDouble shareOf(Limit limit, Query query, Mode mode) {
    return quotient(sluice(query, mode), measured.of(limit).warm());
  }

  /** Which part of its rate in batch Sluice reaches in streaming. */
  OptionalDouble streamingShare(Query query) {
    return quotient(sluice(query, Mode.STREAMING), sluice(query, Mode.BATCH));
  }

  private OptionalDouble sluice(Query query, Mode mode) {
    return measured.warm(query, mode, Runner.SLUICE);
  }

  private static OptionalDouble quotient(OptionalDouble dividend, OptionalDouble divisor) {
    return dividend.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }
}
