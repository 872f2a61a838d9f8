package dev.sluice.engine.rdd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first records of a dataset, from as few partitions as will do.
 *
 * <p>One partition is evaluated at first, then four times as many with each job. Where partitions
 * come from an exchange, which every job would have to fill again, all are evaluated at once.
 */
final class Take {
  private static final int GROWTH = 4;

  private Take() {}

  static <T> List<T> first(Dataset dataset, int limit) {
    dataset.context().checkOpen();
    List<T> taken = new ArrayList<>();
    int partitions = dataset.partitions();
    boolean wide = wide(dataset);
    JobPlan.Purpose purpose =
        stoppable(dataset) ? JobPlan.Purpose.RUN_UNTIL_ENOUGH : JobPlan.Purpose.RUN;
    int next = 0;
    while (next < partitions && taken.size() < limit) {
      int end = wide ? partitions : next + Math.min(partitions - next, Math.max(1, next * GROWTH));
      int missing = limit - taken.size();
      Evaluation<List<T>> evaluation =
          new Evaluation<>("take", branch -> new Reports.First<T>(missing), true);
      for (List<T> ofPartition : evaluation.run(dataset, Partitions.range(next, end), purpose)) {
        int count = Math.min(limit - taken.size(), ofPartition.size());
        taken.addAll(ofPartition.subList(0, count));
      }
      next = end;
    }
    return taken;
  }

  /** Whether computing one partition computes most of the others. */
  private static boolean wide(Dataset dataset) {
    return !kept(dataset)
        && (dataset.step().wide() || dataset.parents().stream().anyMatch(Take::wide));
  }

  private static boolean kept(Dataset dataset) {
    return dataset.level() != null
        && IntStream.range(0, dataset.partitions())
            .allMatch(p -> dataset.context().blocks().contains(dataset.id(), p));
  }

  /** Whether nothing but the result takes records from the sources. */
  private static boolean stoppable(Dataset dataset) {
    return dataset.level() == null
        && dataset.step().stoppable()
        && dataset.parents().stream().allMatch(Take::stoppable);
  }
}
