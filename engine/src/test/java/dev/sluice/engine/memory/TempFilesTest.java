package dev.sluice.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files and their folder. */
class TempFilesTest {
  @TempDir private Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void readsAtAnyPositionWhatWasAppended() throws Exception {
    try (TempFiles files = new TempFiles(folder);
        TempFile file = files.create("run")) {
      file.append(bytes("hello, "), 7);
      file.append(bytes("world, and more"), 5);
      assertEquals(12, file.sizeBytes());
      byte[] read = new byte[5];
      file.read(read, 5, 7);
      assertArrayEquals(bytes("world"), read);
      file.read(read, 2, 0);
      assertArrayEquals(bytes("herld"), read);
      assertThrows(EOFException.class, () -> file.read(new byte[5], 5, 8));
      file.append(bytes("!"), 1);
      file.read(read, 1, 12);
      assertArrayEquals(bytes("!erld"), read);
    }
  }

  @Test
  void countsWhatAllFilesHold() throws Exception {
    try (TempFiles files = new TempFiles(folder)) {
      TempFile first = files.create("a");
      TempFile second = files.create("a");
      first.append(new byte[10], 10);
      second.append(new byte[10], 7);
      assertEquals(17, files.usedBytes());
      first.close();
      first.close();
      assertEquals(7, files.usedBytes());
      assertEquals(17, files.peakBytes());
      assertFalse(Files.exists(first.path()));
      assertTrue(Files.exists(second.path()));
      second.close();
      assertEquals(0, files.usedBytes());
    }
  }

  @Test
  void makesItsFolderWithTheFirstFileAndDeletesAllWithItself() throws Exception {
    Path parent = folder.resolve("not/there");
    TempFiles files = new TempFiles(parent);
    assertFalse(Files.exists(parent));
    try (TempFile left = files.create("left")) {
      left.append(new byte[3], 3);
      assertTrue(left.path().startsWith(parent));
      assertEquals(1, list(parent).size());
      files.close();
      assertEquals(List.of(), list(parent));
    }
    files.close();
    assertThrows(IOException.class, () -> files.create("late"));
  }

  @Test
  void deletesFoldersWithAllThatOthersHavePutIntoThem() throws Exception {
    Path kept = Files.createFile(folder.resolve("kept"));
    Path parent = folder.resolve("parent");
    TempFiles files = new TempFiles(parent);
    Path first = files.createFolder("state");
    Path second = files.createFolder("state");
    assertNotEquals(first, second);
    Files.createDirectories(first.resolve("in/it"));
    Files.writeString(first.resolve("in/it/file"), "text");
    Files.createSymbolicLink(second.resolve("link"), folder);
    files.close();
    assertEquals(List.of(), list(parent));
    assertTrue(Files.exists(kept));
  }

  @Test
  void keepsContextsApart() throws Exception {
    try (TempFiles other = new TempFiles(folder);
        TempFile kept = other.create("run")) {
      Path gone;
      try (TempFiles one = new TempFiles(folder)) {
        gone = one.create("run").path();
        assertNotEquals(kept.path(), gone);
      }
      assertFalse(Files.exists(gone));
      assertTrue(Files.exists(kept.path()));
    }
  }
}
