package dev.sluice.engine.exec;

import dev.sluice.engine.time.Clock;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a test's jobs run on. Its name is part of the test's: a seed in it can be run again. */
public record Backend(String name, long seed) {
  public static final int WORKERS = 3;
  public static final long LARGE_BYTES = 1 << 30;

  private static final long THREADS = -1;

  /** Worker threads, and some seeds. */
  public static Stream<Backend> all() {
    return Stream.concat(
        Stream.of(new Backend("threads", THREADS)),
        LongStream.rangeClosed(1, 3).mapToObj(Backend::seeded));
  }

  /** Attempts one after another, in the order that {@code seed} decides. */
  public static Backend seeded(long seed) {
    return new Backend("seed " + seed, seed);
  }

  /** A bed with more memory than a test needs. */
  public TestBed open() {
    return open(LARGE_BYTES);
  }

  public TestBed open(long memoryBytes) {
    Executor executor =
        seed == THREADS ? new LocalExecutor("test", WORKERS) : new SeededExecutor(seed, WORKERS);
    return new TestBed(executor, memoryBytes, Clock.system());
  }

  @Override
  public String toString() {
    return name;
  }
}
