package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {
  @TempDir Path folder;
  private LocalStore store;

  @BeforeEach
  void open() {
    store = new LocalStore(folder.resolve("deep/store"));
  }

  @Test
  void readsWhatWasCreated() throws IOException {
    create("a/b/c", "hello");
    assertEquals("hello", read("a/b/c"));
    assertTrue(store.exists("a/b/c"));
    assertFalse(store.exists("a/b"));
    assertFalse(store.exists("a/b/d"));
  }

  @Test
  void refusesANameThatIsTaken() throws IOException {
    create("a", "first");
    var e = assertThrows(FileAlreadyExistsException.class, () -> create("a", "second"));
    assertTrue(e.getMessage().contains("never replaced"), e.getMessage());
    assertEquals("first", read("a"));
  }

  @Test
  void leavesNothingWhenTheBodyFails() throws IOException {
    assertThrows(
        IOException.class,
        () ->
            store.create(
                "x/y",
                out -> {
                  out.write(1);
                  throw new IOException("broken");
                }));
    assertFalse(store.exists("x/y"));
    assertEquals(List.of(), store.list(""));
    create("x/y", "again");
    try (var files = Files.list(folder.resolve("deep/store/x"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void listsByPrefixInOrder() throws IOException {
    assertEquals(List.of(), store.list(""));
    for (String name : List.of("b/2", "b/10", "a", "bb", "b/sub/1")) {
      create(name, name);
    }
    assertEquals(List.of("a", "b/10", "b/2", "b/sub/1", "bb"), store.list(""));
    assertEquals(List.of("b/10", "b/2", "b/sub/1"), store.list("b/"));
    assertEquals(List.of("b/sub/1"), store.list("b/su"));
    assertEquals(List.of("b/10", "b/2", "b/sub/1", "bb"), store.list("b"));
    assertEquals(List.of(), store.list("c"));
  }

  @Test
  void doesNotListWhatACrashLeftBehind() throws IOException {
    create("a/1", "");
    Files.createFile(folder.resolve("deep/store/a/.new-123"));
    assertEquals(List.of("a/1"), store.list(""));
  }

  @Test
  void deletesAndTakesTheNameAgain() throws IOException {
    create("a", "1");
    store.delete("a");
    store.delete("a");
    assertFalse(store.exists("a"));
    assertThrows(NoSuchFileException.class, () -> store.read("a"));
    create("a", "2");
    assertEquals("2", read("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/a", "a/", "a//b", "../a", "a/../b", "a/./b", ".hidden", "a b", "a\\b", "a\0"
      })
  void refusesNamesThatCouldLeadElsewhere(String name) {
    var e = assertThrows(IllegalArgumentException.class, () -> create(name, ""));
    assertTrue(e.getMessage().contains("is no store name"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> store.read(name));
    assertThrows(IllegalArgumentException.class, () -> store.delete(name));
    assertThrows(IllegalArgumentException.class, () -> store.exists(name));
  }

  @Test
  void letsOneOfManyCreateAName() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "round/" + round;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          // A store object each, as if each were a process.
          LocalStore own = new LocalStore(folder.resolve("deep/store"));
          String text = "thread " + t;
          attempts.add(
              pool.submit(
                  () -> {
                    start.await();
                    try {
                      own.create(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
                      return true;
                    } catch (FileAlreadyExistsException e) {
                      return false;
                    }
                  }));
        }
        start.countDown();
        String winner = null;
        for (int t = 0; t < threads; t++) {
          if (attempts.get(t).get()) {
            assertEquals(null, winner);
            winner = "thread " + t;
          }
        }
        assertEquals(winner, read(name));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private void create(String name, String text) throws IOException {
    store.create(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private String read(String name) throws IOException {
    try (InputStream in = store.read(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
