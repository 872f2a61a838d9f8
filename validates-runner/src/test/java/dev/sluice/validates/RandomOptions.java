package dev.sluice.validates;

import java.util.List;
import java.util.Random;

/** Options which must not make a difference to any test, chosen by a seed. */
final class RandomOptions {
  private RandomOptions() {}

  /** Batch duration, parallelism and bundle size; whether they are added is said on the output. */
  static List<String> of(long seed) {
    Random random = new Random(seed);
    List<String> options =
        List.of(
            "--batchDurationMs=" + pick(random, 1, 100, 1000),
            "--parallelism=" + pick(random, 1, 2, 7),
            "--maxBundleSize=" + pick(random, 0, 1, 3));
    System.out.println("-Dsuite.seed=" + seed + ": " + options);
    return options;
  }

  private static int pick(Random random, int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
