package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.SplittableRandom;

/**
 * Passes on each record with a probability, or, with replacement, as often as a Poisson variable of
 * that mean says. The seed and the partition's number decide, so a retry chooses the same.
 */
record Sample(boolean withReplacement, double fraction, long seed, Branch.Tasks tasks)
    implements Operator<Object> {

  static void check(boolean withReplacement, double fraction) {
    boolean most = withReplacement ? fraction < Double.POSITIVE_INFINITY : fraction <= 1;
    if (!(fraction >= 0 && most)) {
      throw new IllegalArgumentException(
          "a sample of fraction "
              + fraction
              + (withReplacement ? ": 0 or more" : ": between 0 and 1 without replacement"));
    }
  }

  @Override
  public Processor<Object> open(OperatorContext context) {
    Output<Object> out = context.output(0);
    int partition = tasks.partition(context.scope());
    SplittableRandom random = new SplittableRandom(seed ^ (partition * 0x9E3779B97F4A7C15L));
    return record -> {
      int times = withReplacement ? poisson(random) : random.nextDouble() < fraction ? 1 : 0;
      for (int i = 0; i < times; i++) {
        out.emit(record);
      }
    };
  }

  /** Knuth's method, with logarithms so that large means do not underflow. */
  private int poisson(SplittableRandom random) {
    double sum = 0;
    int count = -1;
    while (sum <= fraction) {
      sum -= Math.log(1 - random.nextDouble());
      count++;
    }
    return count;
  }
}
