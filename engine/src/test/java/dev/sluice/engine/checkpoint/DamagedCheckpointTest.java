package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a checkpoint that are damaged or missing: nothing is restored, and it is said why. */
class DamagedCheckpointTest {
  @TempDir Path folder;
  private CheckpointBed bed;
  private Driver driver;
  private List<String> files;

  /** Leaves a full checkpoint with three of changes behind it. */
  @BeforeEach
  void write() throws IOException {
    bed = new CheckpointBed(folder);
    driver = bed.driver("a");
    driver.writeFull();
    driver.writeChange();
    driver.writeChange();
    driver.writeChange();
    files = bed.checkpoints();
    assertEquals(4, files.size());
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  private String failure(String file, String what) {
    var e = assertThrows(CorruptCheckpointException.class, driver::restored, what);
    String message = e.getMessage();
    assertTrue(message.startsWith("in " + bed.store.describe() + ", " + file), message);
    assertTrue(message.contains("Restore the file from a copy; to give up"), message);
    return message;
  }

  private void assertNoticed(String file, byte[] damaged, String what) throws IOException {
    bed.replace(file, damaged);
    String message = failure(file, what);
    assertTrue(message.contains(file + " at byte "), message);
  }

  @Test
  void eachTruncationOfEachFileIsNoticed() throws IOException {
    for (String file : files) {
      byte[] bytes = bed.bytes(file);
      for (int length = 0; length < bytes.length; length++) {
        assertNoticed(file, Arrays.copyOf(bytes, length), file + " cut to " + length);
      }
      bed.replace(file, bytes);
    }
    assertEquals(4, driver.restored().words().size());
  }

  @Test
  void eachBitOfEachFileIsNoticed() throws IOException {
    for (String file : files) {
      byte[] bytes = bed.bytes(file);
      for (int bit = 0; bit < 8 * bytes.length; bit++) {
        byte[] damaged = bytes.clone();
        damaged[bit / 8] ^= (byte) (1 << bit % 8);
        assertNoticed(file, damaged, "bit " + bit + " of " + file);
      }
      bed.replace(file, bytes);
    }
    assertEquals(4, driver.restored().words().size());
  }

  @Test
  void bytesBehindTheEndOfEachFileAreNoticed() throws IOException {
    for (String file : files) {
      byte[] bytes = bed.bytes(file);
      assertNoticed(file, Arrays.copyOf(bytes, bytes.length + 1), file + " with a byte more");
      bed.replace(file, bytes);
    }
  }

  @Test
  void aMissingFileThatLaterOnesNeedIsNoticed() throws IOException {
    for (String file : files.subList(0, 3)) {
      byte[] bytes = bed.bytes(file);
      bed.store.delete(file);
      String message = failure(file, "without " + file);
      assertTrue(message.contains(" is missing, which a later checkpoint needs"), message);
      bed.replace(file, bytes);
    }
    assertEquals(4, driver.restored().words().size());
  }

  @Test
  void whatIsSaidToHelpHelps() throws IOException {
    byte[] third = bed.bytes(files.get(2));
    bed.replace(files.get(2), new byte[0]);
    String message = failure(files.get(2), "an empty file");
    assertTrue(message.contains("delete it and those after it"), message);
    bed.store.delete(files.get(2));
    bed.store.delete(files.get(3));
    assertEquals(List.of("a0", "a1"), driver.restored().words());
    bed.replace(files.get(2), third);
    assertEquals(List.of("a0", "a1", "a2"), driver.restored().words());
  }

  @Test
  void damageIsToldAlthoughACodecMakesSomethingElseOfIt() throws IOException {
    driver.folder().write(5, true, out -> out.write(new byte[200_000]));
    String file = bed.checkpoints().get(0);
    byte[] bytes = bed.bytes(file);
    bytes[bytes.length - 10] ^= 1;
    bed.replace(file, bytes);
    var e =
        assertThrows(
            CorruptCheckpointException.class,
            () ->
                driver
                    .folder()
                    .restore(
                        in -> {
                          try {
                            in.readNBytes(200_000);
                          } catch (IOException failure) {
                            throw new IllegalArgumentException("set another coder", failure);
                          }
                        }));
    assertTrue(e.getMessage().contains(file + " at byte "), e.getMessage());
  }
}
