package dev.sluice.benchmarks;

import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.time.Clock;
import java.nio.file.Path;

/** What a plan needs to run. */
final class Scratch {
  private Scratch() {}

  /** Threads and {@code memoryBytes} for jobs, temporary files, and {@code clock}. */
  static Environment environment(int workers, long memoryBytes, Clock clock) {
    return new Environment(
        new LocalExecutor("benchmark", workers),
        new MemoryBudget(memoryBytes),
        new TempFiles(Path.of(System.getProperty("java.io.tmpdir"))),
        clock);
  }
}
