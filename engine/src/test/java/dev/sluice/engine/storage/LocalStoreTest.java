package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends DurableLogContract {
  @TempDir Path folder;

  @Override
  DurableStore another() {
    return new LocalStore(folder.resolve("deep/store"));
  }

  @Override
  void leave(String path) throws IOException {
    Files.createFile(folder.resolve("deep/store").resolve(path));
  }

  @Override
  long entries(String path) throws IOException {
    try (var files = Files.list(folder.resolve("deep/store").resolve(path))) {
      return files.count();
    }
  }

  @Test
  void saysWhereItIs() {
    assertEquals(folder.resolve("deep/store").toString(), store.describe());
    assertEquals(store.describe(), store.toString());
    var e = assertThrows(NoSuchFileException.class, () -> store.read("a"));
    assertTrue(e.getMessage().contains(store.describe()), e.getMessage());
  }

  @Test
  void endsARenameThatACrashHasInterrupted() throws IOException {
    create("a/1", "once");
    create("b/2", "");
    Path root = folder.resolve("deep/store");
    Files.createLink(root.resolve("b/1"), root.resolve("a/1"));
    another().rename("a/1", "b/1");
    assertEquals(List.of("b/1", "b/2"), store.list(""));
    assertEquals("once", read("b/1"));
    assertThrows(NoSuchFileException.class, () -> store.rename("a/1", "b/1"));
  }

  @Test
  void keepsAFileThatIsReachedInTwoWays() throws IOException {
    create("a/1", "once");
    Files.createSymbolicLink(folder.resolve("deep/store/b"), Path.of("a"));
    assertThrows(FileAlreadyExistsException.class, () -> store.rename("a/1", "b/1"));
    assertEquals("once", read("a/1"));
  }

  @Test
  void keepsALogWhoseThreadIsInterrupted() throws IOException {
    try (DurableLog log = store.append("log")) {
      Thread.currentThread().interrupt();
      write(log, "kept");
      log.sync();
      assertTrue(Thread.interrupted());
      write(log, ", too");
      log.sync();
    }
    assertEquals("kept, too", read("log"));
  }
}
