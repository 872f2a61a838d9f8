package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.checkpoint.HookedStore.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that is overtaken by its successor, before it writes a file or behind it. */
class FencedWritesTest {
  @TempDir Path folder;
  private CheckpointBed bed;
  private Driver successor;

  @BeforeEach
  void open() {
    bed = new CheckpointBed(folder);
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  /** A store on which a successor comes before, or after, the checkpoint after two words. */
  private HookedStore overtaken(boolean before) {
    return new HookedStore(
        bed.store,
        new Hook() {
          private void at(boolean beforeIt, String operation, String name) throws IOException {
            boolean written = operation.equals("create") && name.contains("-00000000000000000002-");
            if (written && beforeIt == before) {
              successor = bed.successor("b");
            }
          }

          @Override
          public void before(String operation, String name) throws IOException {
            at(true, operation, name);
          }

          @Override
          public void after(String operation, String name) throws IOException {
            at(false, operation, name);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsWrittenBehindTheSuccessorsBackIsNotRestored(boolean full) throws IOException {
    Driver first = bed.driver(overtaken(true), "a");
    first.writeFull();
    assertThrows(FencedException.class, full ? first::writeFull : first::writeChange);
    assertEquals(2, bed.checkpoints().size());
    assertEquals(List.of("a0"), successor.words());
    successor.writeChange();
    successor.writeChange();
    assertEquals(List.of("a0", "b1", "b2"), bed.found());
    bed.successor("c").writeFull();
    assertEquals(1, bed.checkpoints().size());
    assertEquals(List.of("a0", "b1", "b2", "c3"), bed.found());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheSuccessorHasFoundIsKeptAlthoughItsWriterIsFenced(boolean full) throws IOException {
    Driver first = bed.driver(overtaken(false), "a");
    first.writeFull();
    assertThrows(FencedException.class, full ? first::writeFull : first::writeChange);
    assertEquals(List.of("a0", "a1"), successor.words());
    successor.writeChange();
    assertEquals(List.of("a0", "a1", "b2"), bed.found());
  }

  @Test
  void aFencedDriverStaysFenced() throws IOException {
    Driver first = bed.driver("a");
    first.writeFull();
    bed.successor("b").writeFull();
    for (int i = 0; i < 3; i++) {
      assertThrows(FencedException.class, first::writeFull);
      assertThrows(FencedException.class, first::writeChange);
    }
    assertEquals(List.of("a0", "b1"), bed.found());
  }
}
