package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Numbers from a start to before an end, in slices of about equal length. */
record RangeSource(long start, long end, int partitions) implements Source<Long> {

  @Override
  public List<? extends Split<Long>> splits(int parallelism, TaskScope scope) {
    List<Slice> slices = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      slices.add(new Slice(bound(p), bound(p + 1)));
    }
    return slices;
  }

  /** Where slice {@code p} starts; a range may be longer than a long can say. */
  private long bound(int p) {
    BigInteger length = BigInteger.valueOf(end).subtract(BigInteger.valueOf(start));
    return length
        .multiply(BigInteger.valueOf(p))
        .divide(BigInteger.valueOf(partitions))
        .add(BigInteger.valueOf(start))
        .longValueExact();
  }

  private record Slice(long start, long end) implements Split<Long> {
    @Override
    public void read(Output<Long> output, TaskScope scope) {
      for (long number = start; number < end; number++) {
        output.emit(number);
      }
    }
  }
}
