package dev.sluice.benchmarks;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The same boxed numbers at each reading, in one part.
 *
 * @param all the numbers
 */
record Numbers(List<Long> all) implements Source<Long>, Source.Split<Long> {

  /** From 0 to {@code count} less one. */
  static Numbers below(long count) {
    return new Numbers(LongStream.range(0, count).boxed().toList());
  }

  @Override
  public List<Numbers> splits(int parallelism, TaskScope scope) {
    return List.of(this);
  }

  @Override
  public void read(Output<Long> output, TaskScope scope) {
    all.forEach(output::emit);
  }
}
