package dev.sluice.benchmarks.nexmark;

/**
 * How many rounds a process runs: cold ones until it is warm, then {@code warm} more.
 *
 * <p>Compilers run for as long as they run, whatever a round takes: who is fast would be measured
 * cold if only rounds were counted, and who is slow would be waited for if only they were.
 *
 * @param warmUpSeconds after which a process is warm if it has finished five rounds; after three
 *     times that it is warm in any case. With 0 it is warm from the start
 * @param warm how many rounds are timed behind that
 */
record Rounds(int warmUpSeconds, int warm) {
  private static final int LEAST_COLD = 5;
  private static final int PATIENCE = 3;

  Rounds {
    if (warmUpSeconds < 0 || warm < 0) {
      throw new IllegalArgumentException(warmUpSeconds + " s to warm up, " + warm + " rounds");
    }
  }

  /** One round. */
  @FunctionalInterface
  interface Round {
    Report.Timed run(boolean warm) throws Exception;
  }

  /** Runs rounds until the process is warm. */
  void warmUp(Round round) throws Exception {
    double seconds = 0;
    for (int rounds = 0; !isWarm(rounds, seconds); rounds++) {
      Report.Timed timed = round.run(false);
      System.out.println(timed.line());
      seconds += timed.seconds();
    }
  }

  /** Runs the warm rounds. */
  void time(Round round) throws Exception {
    for (int i = 0; i < warm; i++) {
      System.out.println(round.run(true).line());
    }
  }

  /** Whether a process is warm after {@code rounds} that took {@code seconds} together. */
  boolean isWarm(int rounds, double seconds) {
    return seconds >= warmUpSeconds
        && (rounds >= LEAST_COLD || seconds >= PATIENCE * warmUpSeconds);
  }
}
