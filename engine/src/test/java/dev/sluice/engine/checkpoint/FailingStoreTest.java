package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whichever operation of the store fails: what was written for certain is restored. */
class FailingStoreTest {
  /** What a driver writes in its life: F for a full checkpoint, c for one of changes. */
  private static final List<String> LIVES = List.of("FcFc", "c");

  @TempDir Path folder;

  /** Fails from the k-th operation on, or at that one only. */
  private static final class Failures implements HookedStore.Hook {
    private final int failing;
    private final boolean afterIt;
    private final boolean andLater;
    private int operations;
    private boolean over;

    Failures(int failing, boolean afterIt, boolean andLater) {
      this.failing = failing;
      this.afterIt = afterIt;
      this.andLater = andLater;
    }

    private static void fail(String operation, String name) throws IOException {
      throw new IOException("no " + operation + " of " + name);
    }

    @Override
    public void before(String operation, String name) throws IOException {
      if (over) {
        return;
      }
      operations++;
      if ((operations == failing && !afterIt) || (operations > failing && andLater)) {
        fail(operation, name);
      }
    }

    @Override
    public void after(String operation, String name) throws IOException {
      if (!over && operations == failing && afterIt) {
        fail(operation, name);
      }
    }

    /** Lets all be well again; whether it had failed. */
    boolean end() {
      over = true;
      return operations >= failing;
    }
  }

  /** What the last driver that got so far has tried to write, and how much of it it has. */
  private record Tried(List<String> words, int durable) {
    static final Tried NOTHING = new Tried(List.of(), 0);
  }

  /** Runs a driver to its end, or to the first failure; {@code before} if it gets nowhere. */
  private static Tried live(
      CheckpointBed bed, DurableStore store, String name, String life, Tried before) {
    Driver driver;
    try {
      driver = bed.driver(store, name);
    } catch (IOException e) {
      return before;
    }
    assertPrefix(before, driver.words(), name);
    try (driver) {
      for (int i = 0; i < life.length(); i++) {
        if (life.charAt(i) == 'F') {
          driver.writeFull();
        } else {
          driver.writeChange();
        }
      }
    } catch (IOException e) {
      // It ends; what it has to release it keeps back.
      return new Tried(driver.words(), driver.durable());
    }
    return new Tried(driver.words(), driver.durable());
  }

  private static void assertPrefix(Tried tried, List<String> found, String what) {
    String message = what + " finds " + found + " of " + tried;
    assertTrue(found.size() >= tried.durable(), message);
    assertTrue(found.size() <= tried.words().size(), message);
    assertEquals(tried.words().subList(0, found.size()), found, message);
  }

  /** Whether there was an operation that could fail. */
  private boolean failAt(int k, boolean afterIt, boolean andLater) throws IOException {
    String what = "operation " + k + (afterIt ? ", done," : "") + (andLater ? " and later" : "");
    Failures failures = new Failures(k, afterIt, andLater);
    boolean failed;
    try (CheckpointBed bed = new CheckpointBed(folder.resolve("failing-" + k))) {
      HookedStore store = new HookedStore(bed.store, failures);
      Tried tried = Tried.NOTHING;
      for (int d = 0; d < LIVES.size(); d++) {
        tried = live(bed, store, what + ", driver " + d + " ", LIVES.get(d), tried);
        bed.clock.advance(Driver.LEASE_MS);
      }
      failed = failures.end();
      try (Driver later = bed.driver("later")) {
        assertPrefix(tried, later.words(), what + ", a later driver");
        later.writeFull();
      }
      assertEquals(1, bed.checkpoints().size(), what);
    }
    return failed;
  }

  @ParameterizedTest(name = "done all the same: {0}, and at every later one: {1}")
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void nothingThatWasWrittenIsLost(boolean afterIt, boolean andLater) throws IOException {
    int k = 1;
    while (failAt(k, afterIt, andLater)) {
      k++;
    }
    assertTrue(k > 30, "only " + k + " operations");
  }
}
