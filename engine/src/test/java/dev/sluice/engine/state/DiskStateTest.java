package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.time.Watermark;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State in a database: its life, and what comes of many keys. */
class DiskStateTest {
  private static final CellAddress VALUE = new CellAddress("", "value");
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);

  @TempDir Path folder;

  private DiskState store;

  @BeforeEach
  void open() throws IOException {
    store = DiskState.open(folder.resolve("not/there"));
  }

  @AfterEach
  void close() {
    store.close();
    store.close();
  }

  private StatePartition partition() {
    return store.partition(() -> FORMAT, true);
  }

  private static void put(StatePartition partition, Object key, Object value, long timer) {
    StateView view = partition.open();
    view.key(key).put(VALUE, new Kept<>(value, timer));
    view.key(key).setTimer(new Timer("t", TimerDomain.EVENT_TIME, timer, Watermark.END));
    view.commit();
  }

  private static Object value(StatePartition partition, Object key) {
    Cell cell = partition.open().key(key).peek(VALUE);
    return cell == null ? null : ((Kept<?>) cell).value();
  }

  @Test
  void partitionsAreApart() {
    StatePartition one = partition();
    StatePartition other = partition();
    put(one, "k", "one", 1);
    put(other, "k", "other", 2);
    assertEquals("one", value(one, "k"));
    assertEquals("other", value(other, "k"));
    assertEquals(1, one.earliest(TimerDomain.EVENT_TIME));
    assertEquals(2, other.hold());
    assertEquals(List.of("k"), one.open().keys());
  }

  @Test
  void changesThatAreWrittenLaterAreAsOfTheirTime() throws IOException {
    StatePartition partition = partition();
    put(partition, "k", "old", 1);
    put(partition, "gone", "old", 1);
    StateChanges all = partition.changes(true);
    put(partition, "k", "new", 2);
    StateView view = partition.open();
    view.key("gone").remove(VALUE);
    view.key("gone").removeTimer("t");
    view.commit();
    StateChanges some = partition.changes(false);
    put(partition, "k", "newest", 3);
    Map<Object, ?> first = Written.of(all, FORMAT).entries();
    assertEquals(Set.of("k", "gone"), first.keySet());
    Written second = Written.of(some, FORMAT);
    assertNull(second.entries().get("gone"));
    StatePartition restored = partition();
    second.applyTo(restored);
    assertEquals("new", value(restored, "k"));
    assertEquals("newest", value(partition, "k"));
    assertEquals(0, store.openSnapshots());
  }

  @Test
  void changesThatNobodyWritesGoWithTheStore() {
    StatePartition partition = partition();
    put(partition, "k", "v", 1);
    StateChanges changes = partition.changes(true);
    assertEquals(1, store.openSnapshots());
    store.close();
    assertEquals(0, store.openSnapshots());
    assertFalse(Files.exists(folder.resolve("not/there/CURRENT")), "the database is left");
    DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream());
    var e = assertThrows(IOException.class, () -> changes.write(FORMAT, out));
    assertTrue(e.getMessage().contains("closed before its state was written"), e.getMessage());
    assertThrows(IllegalStateException.class, () -> value(partition, "k"));
    assertThrows(IllegalStateException.class, this::partition);
  }

  /** RocksDB would take the process down. */
  @Test
  void itClosesWhenNobodyReadsAnyMore() throws InterruptedException {
    StatePartition partition = partition();
    put(partition, "k", "v", 1);
    put(partition, "l", "v", 1);
    Thread closing = new Thread(store::close);
    List<byte[]> keys = new ArrayList<>();
    try (DiskRange entries = new DiskRange(new byte[] {0, 0, 0, 0, 'E'})) {
      store.scan(
          entries,
          entries.start(),
          key -> {
            if (keys.isEmpty()) {
              closing.start();
              awaitRest(closing);
            }
            return keys.add(key);
          });
    }
    closing.join();
    assertEquals(2, keys.size());
    assertThrows(IllegalStateException.class, () -> value(partition, "k"));
  }

  private static void awaitRest(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatIsRestoredKeyByKeyCanBeReadAtOnce() throws IOException {
    StatePartition partition = partition();
    put(partition, "k", "v", 5);
    StatePartition restored = partition();
    Written.of(partition.changes(true), FORMAT).readInto(key -> restored);
    assertEquals(5, restored.earliest(TimerDomain.EVENT_TIME));
    assertEquals(5, restored.hold());
    assertEquals(1, restored.size());
    put(partition, "k", "w", 7);
    put(partition, "l", "w", 6);
    Written.of(partition.changes(false), FORMAT).readInto(key -> restored);
    assertEquals(6, restored.earliest(TimerDomain.EVENT_TIME));
    assertEquals(2, restored.size());
    assertEquals("w", value(restored, "k"));
  }

  @Test
  void aCommitMayBeLargerThanABatchOfTheDatabase() {
    int keys = 3_000;
    byte[] random = new byte[4_000];
    new Random(1).nextBytes(random);
    String value = new String(random, StandardCharsets.ISO_8859_1);
    StatePartition partition = partition();
    for (int round = 0; round < 2; round++) {
      StateView view = partition.open();
      for (int key = 0; key < keys; key++) {
        view.key(key).put(VALUE, new Kept<>(value + round, key));
        view.key(key).setTimer(new Timer("t", TimerDomain.EVENT_TIME, keys - key, Watermark.END));
      }
      view.commit();
    }
    assertEquals(keys, partition.size());
    assertEquals(value + 1, value(partition, keys - 1));
    StateView firing = partition.open();
    firing.forEachDue(
        TimerDomain.EVENT_TIME,
        keys,
        (key, state) -> {
          state.removeTimer("t");
          state.remove(VALUE);
        });
    assertEquals(keys, firing.earliest(TimerDomain.EVENT_TIME));
    firing.commit();
    assertEquals(1, partition.size());
    assertEquals(0, partition.hold());
    assertEquals(keys, partition.earliest(TimerDomain.EVENT_TIME));
  }

  @Test
  void saysWhereThereCanBeNoDatabase() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(IOException.class, () -> StateStore.onDisk(file));
    var e = assertThrows(IOException.class, () -> StateStore.onDisk(folder.resolve("not/there")));
    assertTrue(e.getMessage().contains("no database for state in"), e.getMessage());
  }

  @Test
  void namesTheDependencyWhereRocksDbIsAbsent() throws Exception {
    URL[] engine = {StateStore.class.getProtectionDomain().getCodeSource().getLocation()};
    try (URLClassLoader loader = new URLClassLoader(engine, ClassLoader.getPlatformClassLoader())) {
      Class<?> stores = loader.loadClass(StateStore.class.getName());
      var e =
          assertThrows(
              InvocationTargetException.class,
              () -> stores.getMethod("onDisk", Path.class).invoke(null, folder.resolve("absent")));
      var cause = assertInstanceOf(IOException.class, e.getCause());
      assertTrue(cause.getMessage().contains("org.rocksdb:rocksdbjni:10.2.1"), cause.getMessage());
      Object heap = stores.getMethod("onHeap").invoke(null);
      Class<?> partitions = loader.loadClass(StatePartition.class.getName());
      Object partition = partitions.getConstructor(boolean.class).newInstance(true);
      Object changes = partitions.getMethod("changes", boolean.class).invoke(partition, true);
      assertEquals("HeapState[]", heap.toString());
      assertTrue(changes.toString().startsWith("HeapChanges"), changes.toString());
    }
  }
}
