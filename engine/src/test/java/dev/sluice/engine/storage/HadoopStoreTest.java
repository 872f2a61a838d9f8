package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract in HDFS, and what is left of it when parts of HDFS fail. */
class HadoopStoreTest extends DurableLogContract {
  private static HdfsCluster cluster;

  private final List<HadoopStore> opened = new ArrayList<>();
  private final String folder = "store-" + UUID.randomUUID();

  @BeforeAll
  static void start(@TempDir Path disks) throws IOException {
    cluster = new HdfsCluster(disks);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void close() throws IOException {
    cluster.restartDataNodes();
    for (HadoopStore each : opened) {
      each.close();
    }
  }

  @Override
  DurableStore another() throws IOException {
    return another(Duration.ofMinutes(2));
  }

  private DurableStore another(Duration recoveryLimit) throws IOException {
    return another(HdfsCluster.CLIENT, recoveryLimit);
  }

  private DurableStore another(Map<String, String> properties, Duration recoveryLimit)
      throws IOException {
    HadoopStore opening = HadoopStore.open(cluster.uri(folder), properties, recoveryLimit);
    opened.add(opening);
    return opening;
  }

  @Override
  void leave(String path) throws IOException {
    cluster.files().create(inHdfs(path)).close();
  }

  @Override
  long entries(String path) throws IOException {
    return cluster.files().listStatus(inHdfs(path)).length;
  }

  @Test
  void saysWhereItIs() {
    assertEquals(cluster.uri(folder).toString(), store.describe());
    assertEquals(store.describe(), store.toString());
    var e = assertThrows(NoSuchFileException.class, () -> store.read("a"));
    assertTrue(e.getMessage().contains(store.describe()), e.getMessage());
  }

  @Test
  void createsAFileWhileADataNodeIsLost() throws IOException {
    byte[] bytes = bytes();
    store.create(
        "file",
        out -> {
          out.write(bytes, 0, bytes.length / 2);
          cluster.stopDataNode();
          out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        });
    assertArrayEquals(bytes, readBytes(another(), "file"));
  }

  @Test
  void keepsALogWhileADataNodeIsLost() throws IOException {
    byte[] bytes = bytes();
    int half = bytes.length / 2;
    try (DurableLog log = store.append("log")) {
      log.write(bytes, 0, half);
      log.sync();
      cluster.stopDataNode();
      log.write(bytes, half, bytes.length - half);
      log.sync();
      assertArrayEquals(bytes, readBytes(store, "log"));
    }
    assertArrayEquals(bytes, readBytes(another(), "log"));
  }

  @Test
  void breaksALogForWhichHdfsWantsOneDataNodeMore() throws IOException {
    DurableLog log = another(Map.of("dfs.replication", "3"), Duration.ofMinutes(2)).append("log");
    write(log, "synced");
    log.sync();
    cluster.stopDataNode();
    assertThrows(
        IOException.class,
        () -> {
          write(log, "lost");
          log.sync();
        });
    var e = assertThrows(IOException.class, log::sync);
    assertTrue(e.getMessage().contains("is broken"), e.getMessage());
    assertTrue(e.getCause().getMessage().contains("replace-datanode-on-failure"));
    log.close();
    String found = read("log");
    assertTrue(found.startsWith("synced") && "syncedlost".startsWith(found), found);
  }

  @Test
  void keepsFilesAndLogsWhenTheNameNodeStartsAgain() throws IOException {
    create("file", "whole");
    DurableLog abandoned = store.append("abandoned");
    write(abandoned, "synced");
    abandoned.sync();
    try (DurableLog log = store.append("log")) {
      write(log, "before,");
      log.sync();
      cluster.restartNameNode();
      write(log, "after");
      log.sync();
      assertEquals("before,after", read("log"));
    }
    DurableStore other = another();
    assertEquals(List.of("abandoned", "file", "log"), other.list(""));
    assertEquals("whole", text(other, "file"));
    assertEquals("before,after", text(other, "log"));
    assertEquals("synced", text(other, "abandoned"));
  }

  @Test
  void takesALogFromItsWriterBeforeReadingIt() throws IOException {
    DurableLog log = store.append("log");
    write(log, "synced");
    log.sync();
    assertEquals("synced", text(another(), "log"));
    assertThrows(
        IOException.class,
        () -> {
          write(log, "too late");
          log.sync();
        });
    var e = assertThrows(IOException.class, () -> write(log, "too late"));
    assertTrue(e.getMessage().contains("is broken"), e.getMessage());
    log.close();
    assertEquals("synced", read("log"));
  }

  @Test
  void letsManyReadALogThatNobodyCloses() throws Exception {
    byte[] bytes = bytes();
    DurableLog log = store.append("log");
    log.write(bytes, 0, bytes.length);
    log.sync();
    List<DurableStore> readers = List.of(another(), another(), another());
    ExecutorService pool = Executors.newFixedThreadPool(readers.size());
    try {
      List<Future<byte[]>> found = new ArrayList<>();
      for (DurableStore reader : readers) {
        found.add(pool.submit(() -> readBytes(reader, "log")));
      }
      for (Future<byte[]> each : found) {
        assertArrayEquals(bytes, each.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void saysThatALogCannotBeReadWithoutItsDataNodes() throws IOException {
    DurableLog log = store.append("log");
    write(log, "synced");
    log.sync();
    for (int node = 0; node < HdfsCluster.NODES; node++) {
      cluster.stopDataNode();
    }
    DurableStore hasty = another(Duration.ofSeconds(1));
    var e = assertThrows(LogRecoveryException.class, () -> hasty.read("log"));
    assertTrue(e.getMessage().contains(folder + "/log was left open"), e.getMessage());
    cluster.restartDataNodes();
    assertEquals("synced", text(another(), "log"));
  }

  private org.apache.hadoop.fs.Path inHdfs(String path) {
    return new org.apache.hadoop.fs.Path(cluster.uri(folder + "/" + path));
  }

  private static String text(DurableStore from, String name) throws IOException {
    return new String(readBytes(from, name), StandardCharsets.UTF_8);
  }

  /** More than a block. */
  private static byte[] bytes() {
    byte[] bytes = new byte[1_500_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
