package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import java.util.List;

/** What is done with datasets from outside of the graph. */
final class Slices {
  private Slices() {}

  /** Throws unless all datasets from {@code fromMs} on that there ever were are still there. */
  static void check(Node<?> node, long fromMs) {
    if (!node.graph().reachable().contains(node)) {
      throw new IllegalStateException(
          node + " has no datasets, since no output depends on it: start with one that does");
    }
    if (fromMs <= node.forgottenMs()) {
      throw new IllegalStateException(
          "a slice from "
              + fromMs
              + " ms: "
              + node.released(node.forgottenMs(), node.forgottenMs()));
    }
  }

  /** The first records as lines under the time of the batch. */
  static <T> String text(Rdd<T> rdd, long timeMs, int limit) {
    List<T> first = rdd.take(limit + 1);
    StringBuilder text = new StringBuilder("-- batch ").append(timeMs).append(" ms\n");
    first.stream().limit(limit).forEach(record -> text.append(record).append('\n'));
    return text.append(first.size() > limit ? "...\n" : "").toString();
  }
}
