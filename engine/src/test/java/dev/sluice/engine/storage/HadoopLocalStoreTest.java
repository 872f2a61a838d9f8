package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of Hadoop that is not HDFS. */
class HadoopLocalStoreTest extends DurableLogContract {
  @TempDir Path folder;
  private final List<HadoopStore> opened = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (HadoopStore each : opened) {
      each.close();
    }
  }

  @Override
  DurableStore another() throws IOException {
    HadoopStore opening = HadoopStore.open(folder.resolve("deep/store").toUri(), Map.of());
    opened.add(opening);
    return opening;
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

  @Override
  boolean isSafeBetweenObjects() {
    return false;
  }

  @Test
  void saysWhereItIs() {
    assertEquals("file:" + folder.resolve("deep/store"), store.describe());
  }

  @Test
  void refusesALogWhereNothingCanBeSynced() throws IOException {
    // With its checksums Hadoop's local file system is such a one.
    FileSystem checksummed = FileSystem.newInstanceLocal(new Configuration());
    try (HadoopStore unsynced =
        new HadoopStore(
            checksummed,
            new org.apache.hadoop.fs.Path(folder.resolve("unsynced").toUri()),
            Duration.ZERO)) {
      var e = assertThrows(IOException.class, () -> unsynced.append("log"));
      assertTrue(e.getMessage().contains("no log can be kept"), e.getMessage());
      assertFalse(unsynced.exists("log"));
      unsynced.create("file", out -> out.write(1));
      assertEquals(List.of("file"), unsynced.list(""));
      assertThrows(IOException.class, () -> unsynced.append("log"));
    }
  }
}
