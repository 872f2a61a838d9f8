package dev.sluice.runner.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
  @TempDir Path folder;

  @Test
  void hasItsLinesWhenItIsFinished() throws IOException {
    LineFile file = LineFile.open(new LocalStore(folder), "a/b");
    file.write("one");
    file.write("");
    file.write("x".repeat(100_000));
    file.finish();
    assertEquals("one\n\n" + "x".repeat(100_000) + "\n", Files.readString(folder.resolve("a/b")));
  }

  @Test
  void isGoneWhenItIsDiscarded() throws IOException {
    LocalStore store = new LocalStore(folder);
    for (boolean finished : new boolean[] {false, true}) {
      LineFile file = LineFile.open(store, "a/b");
      file.write("one");
      if (finished) {
        file.finish();
      }
      file.discard();
      assertEquals(List.of(), store.list(""));
    }
  }

  @Test
  void saysWhyItCannotBeWritten() throws IOException {
    LocalStore store = new LocalStore(folder);
    LineFile file = LineFile.open(new FullStore(store), "a/b");
    file.write("one");
    var e = assertThrows(IOException.class, file::finish);
    String start = "cannot write the file a/b to " + folder + " (No space left on device): ";
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    file.discard();
    assertEquals(List.of(), store.list(""));
  }
}
