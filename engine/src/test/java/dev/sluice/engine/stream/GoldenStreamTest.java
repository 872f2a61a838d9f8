package dev.sluice.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.HookedStore;
import dev.sluice.engine.checkpoint.HookedStore.Hook;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.LocalStore;
import dev.sluice.engine.storage.SimulatedStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A folder that {@link DurableProgram} has left in the first format, which every later version has
 * to go on from. Never write it again: a new format gets a folder of its own.
 */
@Timeout(120)
class GoldenStreamTest {
  private static final int LEFT_AT = 11;
  private static final int LAST = 15;

  /** {@code -Dsluice.golden=FOLDER} has it written to that folder. */
  @Test
  @EnabledIfSystemProperty(named = "sluice.golden", matches = ".+")
  void writesTheFolder() {
    AtomicBoolean crashed = new AtomicBoolean();
    Hook crash =
        new Hook() {
          @Override
          public void before(String operation, String name) throws IOException {
            if (crashed.get()) {
              throw new IOException("it has crashed");
            }
          }
        };
    DurableStore store =
        new HookedStore(new LocalStore(Path.of(System.getProperty("sluice.golden"))), crash);
    try (DurableProgram program = new DurableProgram(store, 0)) {
      program.live(LEFT_AT);
      // So that it ends behind its last checkpoint.
      crashed.set(true);
    }
  }

  @Test
  void goesOnFromTheFirstFormat() throws Exception {
    SimulatedStore expected = new SimulatedStore(-1, false);
    try (DurableProgram program = new DurableProgram(expected, 0)) {
      program.run(LAST);
    }
    SimulatedStore store = copy(golden());
    assertTrue(store.list("journal/").size() > 0 && store.list("data/").size() > 0);
    try (DurableProgram program = new DurableProgram(store, LEFT_AT)) {
      program.run(LAST);
    }
    assertEquals(DurableProgram.output(expected), DurableProgram.output(store));
  }

  private static DurableStore golden() throws URISyntaxException {
    URL folder = GoldenStreamTest.class.getResource("/golden/stream-1");
    return new LocalStore(Path.of(folder.toURI()));
  }

  private static SimulatedStore copy(DurableStore from) throws IOException {
    SimulatedStore copy = new SimulatedStore(-1, false);
    for (String name : from.list("")) {
      try (InputStream in = from.read(name)) {
        copy.create(name, in::transferTo);
      }
    }
    return copy;
  }
}
