package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.HookedStore.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets the folder, and until when. */
class LeaseTest {
  /** Renewed every 10 ms of the machine's time. */
  private static final long SHORT_LEASE_MS = 30;

  @TempDir Path folder;
  private CheckpointBed bed;

  @BeforeEach
  void open() {
    bed = new CheckpointBed(folder);
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(20, TimeUnit.SECONDS), "it does not happen");
  }

  private CheckpointFolder open(HookedStore store, long leaseMs) throws IOException {
    return CheckpointFolder.open(store, bed.clock, "a", leaseMs, false);
  }

  private static long write(CheckpointFolder folder, long batch) throws IOException {
    return folder.write(batch, true, out -> out.writeLong(batch));
  }

  @Test
  void aSecondDriverIsToldWhoHasTheFolderAndForHowLong() throws IOException {
    bed.driver("the first on host-1");
    bed.clock.advance(1_000);
    var e = assertThrows(FolderInUseException.class, () -> bed.driver("b"));
    String message = e.getMessage();
    assertTrue(message.contains("is used by the first on host-1, "), message);
    assertTrue(message.contains("runs for " + (Driver.LEASE_MS - 1_000) + " ms more"), message);
    assertTrue(message.contains(bed.store.describe()), message);
    assertEquals(1, bed.store.list("epochs/").size());
  }

  @Test
  void aSecondDriverGetsItWhenTheLeaseHasRunOut() throws IOException {
    Driver first = bed.driver("a");
    first.writeFull();
    bed.clock.advance(Driver.LEASE_MS - 1);
    assertThrows(FolderInUseException.class, () -> bed.driver("b"));
    bed.clock.advance(1);
    Driver second = bed.driver("b");
    assertEquals(List.of("a0"), second.words());
    assertThrows(FencedException.class, first::writeChange);
  }

  @Test
  void aSecondDriverGetsItAtOnceWhenTheFirstHasClosed() throws IOException {
    bed.driver("a").close();
    bed.driver("b").writeFull();
  }

  @Test
  void closingTwiceIsAsGoodAsOnce() throws IOException {
    Driver first = bed.driver("a");
    first.close();
    first.close();
    bed.driver("b");
  }

  @Test
  void aSuccessorNeedNotWait() throws IOException {
    Driver first = bed.driver("a");
    first.writeFull();
    Driver second = bed.successor("b");
    var e = assertThrows(FencedException.class, first::writeChange);
    String message = e.getMessage();
    assertTrue(
        message.contains(bed.store.describe() + " over, as epoch 2; this one was 1"), message);
    second.writeChange();
    assertEquals(List.of("a0", "b1"), bed.found());
  }

  @Test
  void aFencedDriverThatClosesDoesNotGiveUpItsSuccessorsLease() throws IOException {
    Driver first = bed.driver("a");
    bed.successor("b");
    first.close();
    assertThrows(FolderInUseException.class, () -> bed.driver("c"));
  }

  @Test
  void theLeaseIsRenewedWhileTheDriverLives() throws Exception {
    CountDownLatch renewed = new CountDownLatch(4);
    try (CheckpointFolder first =
        open(HookedStore.onCreated(bed.store, name -> renewed.countDown()), SHORT_LEASE_MS)) {
      bed.clock.advance(1_000_000);
      await(renewed);
      var e = assertThrows(FolderInUseException.class, () -> bed.driver("b"));
      assertTrue(e.getMessage().contains("runs for 30 ms more"), e.getMessage());
      write(first, 1);
    }
    assertEquals(1, bed.store.list("beats/").size());
  }

  @Test
  void aRenewalThatFailsIsMadeUpForByTheNext() throws Exception {
    CountDownLatch renewed = new CountDownLatch(5);
    try (CheckpointFolder first =
        open(
            HookedStore.onCreated(
                bed.store,
                name -> {
                  renewed.countDown();
                  if (name.endsWith("-0000000000000001")) {
                    throw new IOException("done, but not for certain");
                  }
                }),
            SHORT_LEASE_MS)) {
      await(renewed);
      write(first, 1);
    }
    assertEquals(1, bed.store.list("beats/").size());
  }

  @Test
  void aDriverThatCannotRenewItsLeaseWritesNothing() throws Exception {
    CountDownLatch failed = new CountDownLatch(3);
    Hook hook =
        new Hook() {
          @Override
          public void before(String operation, String name) throws IOException {
            if (operation.equals("create") && name.startsWith("beats/")) {
              failed.countDown();
              throw new IOException("disk full");
            }
          }
        };
    CheckpointFolder first = open(new HookedStore(bed.store, hook), SHORT_LEASE_MS);
    await(failed);
    var e = assertThrows(IOException.class, () -> write(first, 1));
    assertTrue(e.getMessage().contains("could not be renewed"), e.getMessage());
    assertEquals("disk full", e.getCause().getMessage());
    assertEquals(List.of(), bed.checkpoints());
    assertThrows(IOException.class, first::close);
  }
}
