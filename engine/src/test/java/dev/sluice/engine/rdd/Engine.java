package dev.sluice.engine.rdd;

import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.SeededExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a test runs on. Its name is part of the test's: a seed in it can be run again. */
record Engine(String name, long seed) {
  private static final long LOCAL = -1;
  private static final int WORKERS = 3;

  /** Worker threads, and some seeds. */
  static Stream<Engine> all() {
    List<Engine> engines = new ArrayList<>(List.of(new Engine("threads", LOCAL)));
    for (long seed = 1; seed <= 3; seed++) {
      engines.add(new Engine("seed " + seed, seed));
    }
    return engines.stream();
  }

  /** Options with the executor and with checks for changed elements. */
  EngineOptions options() {
    EngineOptions options =
        new EngineOptions().jobOptions(JobOptions.DEFAULTS.withCheckMutations(true));
    return seed == LOCAL
        ? options.workers(WORKERS)
        : options.executor(new SeededExecutor(seed, WORKERS));
  }

  RddContext open() {
    return new RddContext(options());
  }

  @Override
  public String toString() {
    return name;
  }
}
