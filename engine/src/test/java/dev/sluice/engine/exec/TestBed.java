package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An environment for the jobs of a test. After every job, however it ended, the memory budget must
 * be unused and no temporary file may be left.
 */
public final class TestBed implements AutoCloseable {
  public static final TaskListener NO_TASK_LISTENER =
      new TaskListener() {
        @Override
        public void submitted(TaskScope attempt) {}

        @Override
        public void succeeded(TaskScope attempt) {}

        @Override
        public void discarded(TaskScope attempt) {}
      };

  private final Path folder;
  private final Environment environment;

  /** A bed that closes {@code executor} with itself. */
  public TestBed(Executor executor, long memoryBytes, Clock clock) {
    try {
      folder = Files.createTempDirectory("engine-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment =
        new Environment(executor, new MemoryBudget(memoryBytes), new TempFiles(folder), clock);
  }

  /** A bed with {@code workers} threads and more memory than a test needs. */
  public static TestBed threads(int workers, Clock clock) {
    return new TestBed(new LocalExecutor("test", workers), Backend.LARGE_BYTES, clock);
  }

  public Environment environment() {
    return environment;
  }

  /** A job that has not started. */
  public Job job(StagePlan plan, JobOptions options, EngineListener... listeners) {
    return new Job(plan, options, environment, NO_TASK_LISTENER, List.of(listeners));
  }

  /** Runs a job that is expected to succeed. */
  public JobResult run(StagePlan plan, JobOptions options, EngineListener... listeners)
      throws Exception {
    JobResult result = job(plan, options, listeners).run();
    assertNothingLeft();
    return result;
  }

  public JobResult run(StagePlan plan) throws Exception {
    return run(plan, JobOptions.DEFAULTS);
  }

  /** Runs a job that is expected to fail. */
  public JobFailedException fail(StagePlan plan, JobOptions options, EngineListener... listeners) {
    JobFailedException failure =
        assertThrows(JobFailedException.class, () -> job(plan, options, listeners).run());
    assertNothingLeft();
    return failure;
  }

  /** Starts a job on a thread of its own. */
  public RunningJob start(
      StagePlan plan, JobOptions options, TaskListener tasks, EngineListener... listeners) {
    return new RunningJob(new Job(plan, options, environment, tasks, List.of(listeners)), this);
  }

  public RunningJob start(StagePlan plan) {
    return start(plan, JobOptions.DEFAULTS, NO_TASK_LISTENER);
  }

  /** The temporary files that are there now. */
  public List<Path> files() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether anything was ever written to a temporary file. */
  public boolean hasSpilled() {
    return environment.files().peakBytes() > 0;
  }

  public void assertNothingLeft() {
    assertEquals(0, environment.memory().usedBytes(), "memory is left");
    assertEquals(0, environment.files().usedBytes(), "temporary data is left");
    assertEquals(List.of(), files(), "files are left");
  }

  @Override
  public void close() throws IOException {
    environment.close();
    // Fails if there is anything in it.
    Files.delete(folder);
  }
}
