package dev.sluice.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedLogTest {
  private final FailingMedium medium = new FailingMedium();
  private final GuardedLog log = new GuardedLog("a/log", "/store", medium);

  @Test
  void neverTouchesTheMediumAfterAFailedSync() throws IOException {
    log.write(new byte[4], 0, 4);
    medium.failure = new IOException("disk on fire");
    assertBroken(assertThrows(IOException.class, log::sync));
    medium.failure = null;
    assertBroken(assertThrows(IOException.class, log::sync));
    assertBroken(assertThrows(IOException.class, () -> log.write(new byte[1], 0, 1)));
    assertEquals(4, log.position());
    log.close();
    assertEquals(List.of("write 4", "sync", "close"), medium.calls);
  }

  @Test
  void neverTouchesTheMediumAfterAFailedWrite() throws IOException {
    medium.failure = new IOException("disk on fire");
    assertBroken(assertThrows(IOException.class, () -> log.write(new byte[2], 0, 2)));
    medium.failure = null;
    assertBroken(assertThrows(IOException.class, log::sync));
    assertEquals(0, log.position());
    assertEquals(List.of("write 2"), medium.calls);
  }

  @Test
  void isBrokenByAnErrorToo() {
    medium.error = new IllegalStateException("bug");
    assertSame(medium.error, assertThrows(IllegalStateException.class, log::sync));
    medium.error = null;
    var e = assertThrows(IOException.class, log::sync);
    assertTrue(e.getMessage().contains("is broken"), e.getMessage());
  }

  @Test
  void tellsAFailedCloseOnceOnly() throws IOException {
    medium.failure = new IOException("cannot close");
    assertSame(medium.failure, assertThrows(IOException.class, log::close));
    log.close();
    assertEquals(List.of("close"), medium.calls);
  }

  @Test
  void addsAFailedCloseToWhatBrokeTheLog() throws IOException {
    IOException first = new IOException("disk on fire");
    medium.failure = first;
    assertThrows(IOException.class, log::sync);
    IOException second = new IOException("cannot close");
    medium.failure = second;
    log.close();
    assertEquals(List.of(second), List.of(first.getSuppressed()));
  }

  @Test
  void closesABrokenLogWhoseMediumFailsTheSameWayAgain() throws IOException {
    medium.failure = new IOException("disk on fire");
    assertThrows(IOException.class, log::sync);
    log.close();
    assertEquals(List.of("sync", "close"), medium.calls);
  }

  private static void assertBroken(IOException e) {
    assertTrue(e.getMessage().contains("a/log in the store /store is broken"), e.getMessage());
    assertEquals("disk on fire", e.getCause().getMessage());
  }

  private static final class FailingMedium implements GuardedLog.Medium {
    final List<String> calls = new ArrayList<>();
    IOException failure;
    RuntimeException error;

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      called("write " + length);
    }

    @Override
    public void sync() throws IOException {
      called("sync");
    }

    @Override
    public void close() throws IOException {
      called("close");
    }

    private void called(String call) throws IOException {
      calls.add(call);
      if (failure != null) {
        throw failure;
      }
      if (error != null) {
        throw error;
      }
    }
  }
}
