package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store does, with logs, too. */
abstract class DurableLogContract extends DurableStoreContract {

  @Test
  void letsOneOfManyAppendToAName() throws Exception {
    letOneOfManyWin(
        (own, name, text) -> {
          try (DurableLog log = own.append(name)) {
            write(log, text);
            log.sync();
          }
        });
  }

  @Test
  void showsALogFromTheStart() throws IOException {
    try (DurableLog log = store.append("logs/1")) {
      assertEquals(0, log.position());
      assertTrue(store.exists("logs/1"));
      assertEquals(List.of("logs/1"), store.list(""));
      assertEquals(List.of("logs/1"), another().list("logs/"));
      assertEquals("", read("logs/1"));

      write(log, "one");
      log.sync();
      assertEquals("one", read("logs/1"));
      log.write("-two-".getBytes(StandardCharsets.UTF_8), 1, 3);
      log.sync();
      log.sync();
      assertEquals("onetwo", read("logs/1"));
      assertEquals(6, log.position());
      write(log, "three");
      assertEquals(11, log.position());
    }
    assertEquals("onetwothree", read("logs/1"));
  }

  @Test
  void neverOpensALogAgain() throws IOException {
    DurableLog log = store.append("log");
    assertThrows(FileAlreadyExistsException.class, () -> store.append("log"));
    assertThrows(FileAlreadyExistsException.class, () -> another().append("log"));
    assertThrows(FileAlreadyExistsException.class, () -> create("log", ""));
    write(log, "kept");
    log.close();
    log.close();
    assertThrows(FileAlreadyExistsException.class, () -> store.append("log"));
    assertThrows(FileAlreadyExistsException.class, () -> create("log", ""));
    var e = assertThrows(IOException.class, () -> write(log, "more"));
    assertTrue(e.getMessage().contains("is closed"), e.getMessage());
    assertThrows(IOException.class, log::sync);
    assertEquals("kept", read("log"));
    store.delete("log");
    store.append("log").close();
    assertEquals("", read("log"));
  }

  @Test
  void renamesALogThatIsClosed() throws IOException {
    try (DurableLog log = store.append("logs/1")) {
      write(log, "kept");
      log.sync();
    }
    store.rename("logs/1", "done/1");
    assertEquals("kept", read("done/1"));
    assertThrows(FileAlreadyExistsException.class, () -> store.append("done/1"));
    try (DurableLog log = store.append("logs/1")) {
      write(log, "another");
    }
    assertEquals("another", read("logs/1"));
  }

  @Test
  void renamesALogThatNobodyCloses() throws IOException {
    DurableLog log = store.append("log");
    write(log, "synced");
    log.sync();
    DurableStore later = another();
    later.rename("log", "done");
    assertEquals("synced", new String(readBytes(later, "done"), StandardCharsets.UTF_8));
    assertEquals(List.of("done"), store.list(""));
  }

  @Test
  void takesAWrongRangeForNoFailure() throws IOException {
    try (DurableLog log = store.append("log")) {
      assertThrows(IndexOutOfBoundsException.class, () -> log.write(new byte[3], 2, 2));
      write(log, "fine");
      log.sync();
    }
    assertEquals("fine", read("log"));
  }

  @Test
  void keepsWhatIsLongerThanABlock() throws IOException {
    byte[] bytes = new byte[5 << 19];
    new Random(1).nextBytes(bytes);
    store.create("file", out -> out.write(bytes));
    assertArrayEquals(bytes, readBytes(store, "file"));
    try (DurableLog log = store.append("log")) {
      for (int at = 0; at < bytes.length; at += 1 << 17) {
        log.write(bytes, at, 1 << 17);
        log.sync();
      }
      assertEquals(bytes.length, log.position());
      assertArrayEquals(bytes, readBytes(store, "log"));
    }
    assertArrayEquals(bytes, readBytes(another(), "log"));
  }

  @Test
  void keepsWhatWasSyncedToALogThatNobodyCloses() throws IOException {
    DurableLog log = store.append("log");
    write(log, "synced");
    log.sync();
    write(log, "maybe");
    String found = new String(readBytes(another(), "log"), StandardCharsets.UTF_8);
    assertTrue(found.startsWith("synced"), found);
    assertTrue("syncedmaybe".startsWith(found), found);
  }

  static void write(DurableLog log, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    log.write(bytes, 0, bytes.length);
  }
}
