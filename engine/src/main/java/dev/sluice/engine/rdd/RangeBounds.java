package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Bounds that cut the keys of a dataset into ranges of about equal size, from a sample of them. */
final class RangeBounds {
  private static final int KEYS_PER_RANGE = 20;
  private static final int MAX_KEYS_PER_PARTITION = 10_000;

  private RangeBounds() {}

  /**
   * Runs a job over {@code pairs}. The bounds ascend; there are fewer than {@code ranges}, and less
   * if there are few keys.
   *
   * @throws RddException that names {@code operator} if the ordering fails
   */
  static <K> List<K> sample(
      Dataset pairs, Ordering<? super K> ordering, int ranges, String operator) {
    int partitions = pairs.partitions();
    if (partitions == 0 || ranges < 2) {
      return List.of();
    }
    long perPartition = Math.max(64, 3L * KEYS_PER_RANGE * ranges / partitions);
    int size = (int) Math.min(MAX_KEYS_PER_PARTITION, perPartition);
    Evaluation<Sampled<K>> evaluation =
        new Evaluation<>("sampleKeys", branch -> new Reservoir<K>(size, branch.tasks()), true);
    List<Weighted<K>> candidates = new ArrayList<>();
    for (Sampled<K> ofPartition : evaluation.run(pairs)) {
      double weight = (double) ofPartition.pairs() / Math.max(1, ofPartition.keys().size());
      ofPartition.keys().forEach(key -> candidates.add(new Weighted<>(key, weight)));
    }
    try {
      candidates.sort((a, b) -> ordering.compare(a.key(), b.key()));
      return quantiles(candidates, ordering, ranges);
    } catch (RuntimeException e) {
      throw RddException.of(operator, e);
    }
  }

  private record Weighted<K>(K key, double weight) {}

  private record Sampled<K>(long pairs, List<K> keys) {}

  private static <K> List<K> quantiles(
      List<Weighted<K>> sorted, Ordering<? super K> ordering, int ranges) {
    double step = sorted.stream().mapToDouble(Weighted::weight).sum() / ranges;
    List<K> bounds = new ArrayList<>();
    double seen = 0;
    double target = step;
    for (Weighted<K> candidate : sorted) {
      seen += candidate.weight();
      boolean greater =
          bounds.isEmpty() || ordering.compare(bounds.get(bounds.size() - 1), candidate.key()) < 0;
      if (seen >= target && greater && bounds.size() < ranges - 1) {
        bounds.add(candidate.key());
        target = Math.max(target + step, seen);
      }
    }
    return bounds;
  }

  /** A uniform sample of the keys of each partition (Vitter's algorithm R). */
  private record Reservoir<K>(int size, Branch.Tasks tasks) implements Operator<Pair<K, ?>> {
    @Override
    public Processor<Pair<K, ?>> open(OperatorContext context) {
      SplittableRandom random = new SplittableRandom(tasks.partition(context.scope()));
      List<K> keys = new ArrayList<>();
      return new Processor<>() {
        private long pairs;

        @Override
        public void process(Pair<K, ?> pair) {
          pairs++;
          if (keys.size() < size) {
            keys.add(pair.key());
            return;
          }
          long at = random.nextLong(pairs);
          if (at < size) {
            keys.set((int) at, pair.key());
          }
        }

        @Override
        public void finish() {
          context.result(new Sampled<>(pairs, keys));
        }
      };
    }
  }
}
