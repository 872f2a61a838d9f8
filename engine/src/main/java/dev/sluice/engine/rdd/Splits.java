package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits that were chosen while planning.
 *
 * @param untilEnough whether reading a split ends when all consumers have enough
 */
record Splits(List<? extends Source.Split<?>> splits, boolean untilEnough)
    implements Source<Object> {

  @Override
  public List<? extends Split<Object>> splits(int parallelism, TaskScope scope) {
    List<Split<Object>> all = new ArrayList<>(splits.size());
    for (Split<?> split : splits) {
      Split<Object> untyped = untyped(split);
      all.add(untilEnough ? new UntilEnough(untyped) : untyped);
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Split<Object> untyped(Split<?> split) {
    return (Split<Object>) split;
  }

  private record UntilEnough(Split<Object> split) implements Split<Object> {
    @Override
    public void read(Output<Object> output, TaskScope scope) throws Exception {
      Demand demand = Demand.of(scope);
      try {
        split.read(
            record -> {
              output.emit(record);
              if (demand.met()) {
                // Unwinds the split's own code only: no operator sees it.
                throw new EnoughException();
              }
            },
            scope);
      } catch (EnoughException e) {
        // As intended.
      }
    }
  }

  /** Leaves a split's reading loop. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super(null, null, false, false);
    }
  }
}
