package dev.sluice.engine.exec;

import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.time.Clock;

/** What jobs run on: an executor, a memory budget, temporary files, a clock. */
public record Environment(Executor executor, MemoryBudget memory, TempFiles files, Clock clock)
    implements AutoCloseable {

  /** Ends the executor's threads, then deletes the temporary files. */
  @Override
  public void close() {
    try {
      executor.close();
    } finally {
      files.close();
    }
  }
}
