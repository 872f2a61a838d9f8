package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.HookedStore.Hook;
import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers that claim the folder at the same moment. */
class ClaimRacesTest {
  private static final int ROUNDS = 30;
  private static final int CLAIMANTS = 4;

  @TempDir Path folder;
  private CheckpointBed bed;

  @BeforeEach
  void open() {
    bed = new CheckpointBed(folder.resolve("own"));
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  @Test
  void nobodyGetsItBetweenAClaimAndTheFirstRenewal() throws IOException {
    Hook hook =
        new Hook() {
          @Override
          public void after(String operation, String name) {
            if (operation.equals("create") && name.startsWith("epochs/")) {
              assertThrows(FolderInUseException.class, () -> bed.driver("b"));
            }
          }
        };
    bed.driver(new HookedStore(bed.store, hook), "a").writeFull();
    assertEquals(List.of("a0"), bed.found());
  }

  @Test
  void aClaimIsTriedAgainIfAnotherDriverWasFaster() throws IOException {
    Hook hook =
        new Hook() {
          @Override
          public void before(String operation, String name) throws IOException {
            if (operation.equals("create")) {
              bed.driver("the faster one");
            }
          }
        };
    var e =
        assertThrows(
            FolderInUseException.class, () -> bed.driver(new HookedStore(bed.store, hook), "a"));
    assertTrue(e.getMessage().contains("the faster one"), e.getMessage());
  }

  @Test
  void aClaimIsTriedAgainIfTheLeaseThatItLookedAtIsGone() throws IOException {
    Hook hook =
        new Hook() {
          @Override
          public void before(String operation, String name) throws IOException {
            if (operation.equals("read") && name.contains("/0000000001")) {
              bed.successor("the faster one").writeFull();
            }
          }
        };
    bed.driver("a");
    var e =
        assertThrows(
            FolderInUseException.class, () -> bed.driver(new HookedStore(bed.store, hook), "b"));
    assertTrue(e.getMessage().contains("the faster one"), e.getMessage());
  }

  /** The driver if it got the folder, with a store object as if it were a process. */
  private Optional<Driver> claim(Path round, String name, CountDownLatch start) throws Exception {
    LocalStore own = new LocalStore(round);
    start.await();
    try {
      return Optional.of(Driver.claim(own, bed.clock, name));
    } catch (FolderInUseException e) {
      return Optional.empty();
    }
  }

  @Test
  void oneOfManyGetsIt() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(CLAIMANTS);
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Path round = folder.resolve("round-" + i);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Optional<Driver>>> claims = new ArrayList<>();
        for (int c = 0; c < CLAIMANTS; c++) {
          String name = "claimant-" + c;
          claims.add(pool.submit(() -> claim(round, name, start)));
        }
        start.countDown();
        List<Driver> owners = new ArrayList<>();
        for (Future<Optional<Driver>> claim : claims) {
          claim.get().ifPresent(owners::add);
        }
        assertEquals(1, owners.size(), "owners in round " + i);
        try (Driver owner = owners.get(0)) {
          owner.writeFull();
        }
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
