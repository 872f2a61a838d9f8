package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does with files. */
abstract class DurableStoreContract {
  DurableStore store;

  @BeforeEach
  void open() throws IOException {
    store = another();
  }

  /** A further object for the store of this test, as if it were in another process. */
  abstract DurableStore another() throws IOException;

  /** Makes an empty file behind the store's back. */
  abstract void leave(String path) throws IOException;

  /** How many entries a folder of the store has, whatever their names. */
  abstract long entries(String folder) throws IOException;

  /** Whether a name has one owner only, even if several objects want it at once. */
  boolean isSafeBetweenObjects() {
    return true;
  }

  @Test
  void readsWhatWasCreated() throws IOException {
    create("a/b/c", "hello");
    assertEquals("hello", read("a/b/c"));
    assertTrue(store.exists("a/b/c"));
    assertFalse(store.exists("a/b"));
    assertFalse(store.exists("a/b/d"));
    assertFalse(store.exists("a/b/c/d"));
    assertThrows(NoSuchFileException.class, () -> store.read("a/b"));
    assertThrows(NoSuchFileException.class, () -> store.read("a/b/d"));
  }

  @Test
  void refusesANameThatIsTaken() throws IOException {
    create("a", "first");
    var e = assertThrows(FileAlreadyExistsException.class, () -> create("a", "second"));
    assertTrue(e.getMessage().contains("never replaced"), e.getMessage());
    e = assertThrows(FileAlreadyExistsException.class, () -> store.append("a"));
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
    assertEquals(1, entries("x"));
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
    leave("a/.new-123");
    assertEquals(List.of("a/1"), store.list(""));
  }

  @Test
  void deletesWhatACrashLeftBehind() throws IOException {
    store.deleteUnfinished("a");
    create("a/1", "");
    create("a/b/2", "");
    leave("a/.new-123");
    leave("a/b/.new-456");
    store.deleteUnfinished("a");
    assertEquals(2, entries("a"));
    assertEquals(2, entries("a/b"));
    assertEquals(List.of("a/1", "a/b/2"), store.list(""));
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
    create("folder/b", "3");
    store.delete("folder");
    assertEquals("3", read("folder/b"));
  }

  @Test
  void renames() throws IOException {
    create("a/1", "hello");
    store.rename("a/1", "b/c/2");
    assertFalse(store.exists("a/1"));
    assertEquals(List.of("b/c/2"), another().list(""));
    assertEquals("hello", read("b/c/2"));
    create("a/1", "next");
    store.rename("b/c/2", "b/c/3");
    assertEquals("hello", read("b/c/3"));
    assertEquals(1, entries("b/c"));
    assertEquals("next", read("a/1"));
  }

  @Test
  void refusesToRenameWhatIsNotThere() throws IOException {
    create("a/1", "");
    for (String absent : List.of("b", "a", "a/2", "a/1/2")) {
      var e = assertThrows(NoSuchFileException.class, () -> store.rename(absent, "c/d"));
      assertTrue(e.getMessage().contains(absent), e.getMessage());
      assertThrows(NoSuchFileException.class, () -> store.rename(absent, "a/1"));
    }
    assertEquals(List.of("a/1"), store.list(""));
  }

  @Test
  void refusesToRenameToANameThatIsTaken() throws IOException {
    create("a/1", "first");
    create("b/2", "second");
    for (String taken : List.of("b/2", "b", "a/1")) {
      var e = assertThrows(FileAlreadyExistsException.class, () -> store.rename("a/1", taken));
      assertTrue(e.getMessage().contains("never replaced"), e.getMessage());
    }
    assertEquals("first", read("a/1"));
    assertEquals("second", read("b/2"));
    assertEquals(List.of("a/1", "b/2"), store.list(""));
  }

  @Test
  void renamesOneOfManyToAName() throws Exception {
    letOneOfManyWin(
        (own, name, text) -> {
          String from = "from/" + text.replace(' ', '-');
          own.create(from, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
          try {
            own.rename(from, name);
          } catch (FileAlreadyExistsException e) {
            own.delete(from);
            throw e;
          }
        });
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
    assertThrows(IllegalArgumentException.class, () -> store.append(name));
    assertThrows(IllegalArgumentException.class, () -> store.rename(name, "b"));
    assertThrows(IllegalArgumentException.class, () -> store.rename("b", name));
  }

  @Test
  void letsOneOfManyCreateAName() throws Exception {
    letOneOfManyWin(
        (own, name, text) ->
            own.create(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
  }

  final void create(String name, String text) throws IOException {
    store.create(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  final String read(String name) throws IOException {
    return new String(readBytes(store, name), StandardCharsets.UTF_8);
  }

  static byte[] readBytes(DurableStore from, String name) throws IOException {
    try (InputStream in = from.read(name)) {
      return in.readAllBytes();
    }
  }

  final void letOneOfManyWin(Writer writer) throws Exception {
    int threads = 8;
    // A store object each where the medium is safe for that, as if each were a process.
    DurableStore[] stores = new DurableStore[threads];
    for (int t = 0; t < threads; t++) {
      stores[t] = isSafeBetweenObjects() ? another() : store;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 20; round++) {
        String name = "round/" + round;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
          DurableStore own = stores[t];
          String text = "thread " + t;
          attempts.add(
              pool.submit(
                  () -> {
                    start.await();
                    try {
                      writer.write(own, name, text);
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
    assertEquals(20, store.list("").size());
  }

  /** Takes a name. */
  interface Writer {
    void write(DurableStore own, String name, String text) throws IOException;
  }
}
