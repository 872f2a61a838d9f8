package dev.sluice.engine.rdd;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Merges neighbouring partitions, such that there are at most {@code most}. */
record CoalesceStep(Dataset parent, int most) implements Step {

  @Override
  public List<Dataset> parents() {
    return List.of(parent);
  }

  @Override
  public int partitions() {
    return Math.min(most, parent.partitions());
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    int before = parent.partitions();
    int after = partitions();
    if (before == after) {
      return job.branches(parent, wanted);
    }
    Partitions read = Partitions.of(wanted.stream().flatMap(p -> merged(p, before, after)));
    PartitionFunction<Object> merge =
        (p, sides) -> {
          List<Supplier<Iterator<Object>>> parts = new ArrayList<>();
          merged(p, before, after).forEach(part -> parts.add(() -> sides.read(0, part)));
          return new Concatenated<>(parts);
        };
    return List.of(job.pull(label, List.of(job.branches(parent, read)), wanted, merge));
  }

  /** Which partitions of {@code before} become partition {@code p} of {@code after}. */
  private static IntStream merged(int p, int before, int after) {
    long start = (long) p * before / after;
    long end = (long) (p + 1) * before / after;
    return IntStream.range((int) start, (int) end);
  }
}
