package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.List;

/** The elements of a list in slices of about equal length. */
record ListSource<T>(List<T> elements, int partitions) implements Source<T> {

  @Override
  public List<? extends Split<T>> splits(int parallelism, TaskScope scope) {
    List<Slice<T>> slices = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      int start = (int) ((long) p * elements.size() / partitions);
      int end = (int) ((long) (p + 1) * elements.size() / partitions);
      slices.add(new Slice<>(new ArrayList<>(elements.subList(start, end))));
    }
    return slices;
  }

  private record Slice<T>(List<T> elements) implements Split<T> {
    @Override
    public void read(Output<T> output, TaskScope scope) {
      elements.forEach(output::emit);
    }
  }
}
