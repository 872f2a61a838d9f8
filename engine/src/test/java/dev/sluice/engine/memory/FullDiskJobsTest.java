package dev.sluice.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Executor;
import dev.sluice.engine.exec.Job;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.SeededExecutor;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Clock;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on a disk that takes no more, which the device that is always full stands for. */
class FullDiskJobsTest {
  private static final File FULL = new File("/dev/full");
  private static final long SMALL_BYTES = 8_000;

  @TempDir private Path folder;

  /** {@code good} files as they should be, then such as take nothing. */
  private TempFiles fullAfter(int good) {
    int[] made = {0};
    return new TempFiles(
        folder,
        path -> {
          synchronized (made) {
            return new RandomAccessFile(made[0]++ < good ? path.toFile() : FULL, "rw");
          }
        });
  }

  @BeforeEach
  void needsTheDevice() {
    assumeTrue(FULL.exists(), "no " + FULL + " on this system");
  }

  private void assertNoFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void namesTheFileItsBytesAndTheOption() throws Exception {
    try (TempFiles files = fullAfter(1)) {
      TempFile good = files.create("run");
      good.append(new byte[12], 12);
      TempFile bad = files.create("run");
      SpillException failure = assertThrows(SpillException.class, () -> bad.append(new byte[5], 5));
      String message = failure.getMessage();
      assertTrue(message.contains(bad.path() + " after 0 bytes"), message);
      assertTrue(message.contains("12 bytes of temporary data in all"), message);
      assertTrue(message.contains("option tempFolder"), message);
      assertTrue(message.contains(failure.getCause().getMessage()), message);
      bad.close();
      assertEquals(12, files.usedBytes());
      good.close();
    }
    assertNoFiles();
  }

  private static SpillException spillException(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SpillException found) {
        return found;
      }
    }
    throw new AssertionError("no spill has failed", failure);
  }

  private static StagePlan plan() {
    Program program = new Program();
    Port pairs =
        program.map("key", (Integer n) -> new KeyValue(n % 50, n), program.numbers("n", 4, 2_000));
    program.collect("out", program.group("group", 2, pairs));
    program.collect("moved", program.routeByRemainder("route", 2, program.numbers("m", 4, 2_000)));
    return program.plan();
  }

  private void assertFailsAndLeavesNothing(Executor executor, int goodFiles) throws Exception {
    MemoryBudget budget = new MemoryBudget(SMALL_BYTES);
    TempFiles files = fullAfter(goodFiles);
    try (Environment environment = new Environment(executor, budget, files, Clock.system())) {
      Job job =
          new Job(
              plan(),
              JobOptions.DEFAULTS.withMaxTaskAttempts(2),
              environment,
              new NoTaskListener(),
              List.of());
      JobFailedException failure = assertThrows(JobFailedException.class, job::run);
      assertTrue(failure.getMessage().contains("tempFolder"), failure.getMessage());
      assertTrue(
          failure.getMessage().contains(spillException(failure).getMessage()),
          failure.getMessage());
      assertEquals(0, budget.usedBytes());
      assertEquals(0, files.usedBytes());
      assertNoFiles();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20})
  void failsTheJobAndLeavesNothing(int goodFiles) throws Exception {
    assertFailsAndLeavesNothing(new LocalExecutor("test", 3), goodFiles);
    for (long seed = 1; seed <= 3; seed++) {
      assertFailsAndLeavesNothing(new SeededExecutor(seed, 3), goodFiles);
    }
  }

  @Test
  void doesNotMatterToAJobThatFitsIntoMemory() throws Exception {
    MemoryBudget budget = new MemoryBudget(1 << 30);
    TempFiles files = fullAfter(0);
    try (Environment environment =
        new Environment(new SeededExecutor(1, 2), budget, files, Clock.system())) {
      new Job(plan(), JobOptions.DEFAULTS, environment, new NoTaskListener(), List.of()).run();
    }
    assertFalse(files.peakBytes() > 0);
  }

  private static final class NoTaskListener implements TaskListener {
    @Override
    public void submitted(TaskScope attempt) {}

    @Override
    public void succeeded(TaskScope attempt) {}

    @Override
    public void discarded(TaskScope attempt) {}
  }
}
