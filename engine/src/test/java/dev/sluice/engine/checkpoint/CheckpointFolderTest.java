package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of one driver after another. */
class CheckpointFolderTest {
  @TempDir Path folder;
  private CheckpointBed bed;

  @BeforeEach
  void open() {
    bed = new CheckpointBed(folder.resolve("deep/folder"));
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  private static String name(int epoch, int batch, String kind) {
    return String.format("checkpoints/%010d-%020d-%s", epoch, batch, kind);
  }

  @Test
  void nothingIsRestoredFromANewFolder() throws IOException {
    Driver driver = bed.driver("a");
    assertFalse(
        driver.folder().restore(in -> assertEquals(0, in.available(), "nothing is to be read")));
    assertEquals(List.of(), driver.words());
  }

  @Test
  void nothingIsRestoredAfterADriverThatWroteNothing() throws IOException {
    bed.driver("a").close();
    assertEquals(List.of(), bed.driver("b").words());
  }

  @Test
  void changesAreReadAfterTheFullOneInTheirOrder() throws IOException {
    try (Driver driver = bed.driver("a")) {
      driver.writeFull();
      driver.writeFull();
      driver.writeChange();
      driver.writeChange();
    }
    CheckpointFolder folder = bed.driver("b").folder();
    List<Boolean> full = new ArrayList<>();
    List<List<String>> read = new ArrayList<>();
    assertTrue(
        folder.restore(
            in -> {
              full.add(in.readBoolean());
              read.add(Driver.words(in));
            }));
    assertEquals(List.of(true, false, false), full);
    assertEquals(List.of(List.of("a0", "a1"), List.of("a2"), List.of("a3")), read);
  }

  @Test
  void aFullOneDropsWhatIsBeforeIt() throws IOException {
    Driver driver = bed.driver("a");
    driver.writeFull();
    driver.writeChange();
    driver.writeChange();
    assertEquals(
        List.of(name(1, 1, "full"), name(1, 2, "delta"), name(1, 3, "delta")), bed.checkpoints());
    driver.writeFull();
    assertEquals(List.of(name(1, 4, "full")), bed.checkpoints());
    driver.writeChange();
    assertEquals(List.of(name(1, 4, "full"), name(1, 5, "delta")), bed.checkpoints());
  }

  @Test
  void aDriverGoesOnWhereAnotherHasEnded() throws IOException {
    try (Driver first = bed.driver("a")) {
      first.writeFull();
      first.writeChange();
    }
    try (Driver second = bed.driver("b")) {
      assertEquals(List.of("a0", "a1"), second.words());
      second.writeChange();
    }
    try (Driver third = bed.driver("c")) {
      assertEquals(List.of("a0", "a1", "b2"), third.words());
      assertEquals(3, bed.store.list("epochs/").size());
      third.writeFull();
      assertEquals(List.of(name(3, 4, "full")), bed.checkpoints());
      assertEquals(List.of("epochs/0000000003"), bed.store.list("epochs/"));
      assertTrue(
          bed.store.list("beats/").stream().allMatch(b -> b.startsWith("beats/0000000003-")));
    }
    assertEquals(List.of("a0", "a1", "b2", "c3"), bed.driver("d").words());
  }

  @Test
  void theSizeIsThatOfTheFile() throws IOException {
    Driver driver = bed.driver("a");
    long full = driver.writeFull();
    long change = driver.writeChange();
    assertEquals(bed.bytes(name(1, 1, "full")).length, full);
    assertEquals(bed.bytes(name(1, 2, "delta")).length, change);
  }

  @Test
  void contentMayBeLargerThanAFrame() throws IOException {
    byte[] content = new byte[1_000_000];
    new Random(3).nextBytes(content);
    try (Driver driver = bed.driver("a")) {
      driver.folder().write(1, true, out -> out.write(content));
    }
    byte[] read = new byte[content.length];
    CheckpointFolder later = CheckpointFolder.open(bed.store, bed.clock, "b", 1_000, false);
    try (later) {
      assertTrue(later.restore(in -> in.readFully(read)));
    }
    assertArrayEquals(content, read);
  }

  @Test
  void aThousandCheckpointsLeaveFewFiles() throws IOException {
    long seed = 11;
    Random random = new Random(seed);
    int written = 0;
    int sinceFull = 0;
    List<String> words = List.of();
    while (written < 1_000) {
      try (Driver driver = random.nextBoolean() ? bed.successor("s") : bed.driver("d")) {
        assertEquals(words, driver.words(), "seed " + seed);
        boolean first = true;
        for (int left = random.nextInt(200); left > 0; left--) {
          sinceFull = first || random.nextInt(10) == 0 ? 0 : sinceFull + 1;
          if (sinceFull == 0) {
            driver.writeFull();
          } else {
            driver.writeChange();
          }
          first = false;
          written++;
          assertEquals(1 + sinceFull, bed.checkpoints().size(), "seed " + seed);
          int others = bed.store.list("").size() - 1 - sinceFull;
          assertTrue(others <= 2, "seed " + seed + ": " + others + " files that tell the owner");
        }
        words = driver.words();
      }
    }
  }
}
