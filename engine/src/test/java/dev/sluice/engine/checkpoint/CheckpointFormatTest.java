package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.FrameInput;
import dev.sluice.engine.codec.FrameOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undamaged files that this program, or this reader, does not understand. */
class CheckpointFormatTest {
  private static final int FORMAT_OFFSET = 8;
  private static final int FEATURES_OFFSET = 12;

  @TempDir Path folder;
  private CheckpointBed bed;
  private Driver driver;
  private String file;

  @BeforeEach
  void write() throws IOException {
    bed = new CheckpointBed(folder);
    driver = bed.driver("a");
    driver.writeFull();
    file = bed.checkpoints().get(0);
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  /** Writes the file anew, as another program might have done. */
  private void rewrite(UnaryOperator<byte[]> change) throws IOException {
    byte[] content = new FrameInput(new ByteArrayInputStream(bed.bytes(file)), file).readAllBytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameOutput out = new FrameOutput(bytes);
    out.write(change.apply(content));
    out.finish();
    bed.replace(file, bytes.toByteArray());
  }

  private String unknown() {
    String message = assertThrows(UnknownFormatException.class, driver::restored).getMessage();
    assertTrue(message.startsWith(file + " has format "), message);
    assertTrue(message.contains("use the version of Sluice that wrote it, or a newer"), message);
    return message;
  }

  private String corrupt(CheckpointFolder.Reader reader) {
    String message =
        assertThrows(CorruptCheckpointException.class, () -> driver.folder().restore(reader))
            .getMessage();
    assertTrue(message.contains(file), message);
    return message;
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    for (int format : new int[] {2, 0, -1}) {
      rewrite(content -> ByteBuffer.wrap(content).putInt(FORMAT_OFFSET, format).array());
      assertTrue(unknown().contains("has format " + format + " and features 0, "));
    }
    rewrite(content -> ByteBuffer.wrap(content).putInt(FORMAT_OFFSET, 1).array());
    assertEquals(List.of("a0"), driver.restored().words());
  }

  @Test
  void eachUnknownFeatureIsRefused() throws IOException {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long features = 1L << bit;
      rewrite(content -> ByteBuffer.wrap(content).putLong(FEATURES_OFFSET, features).array());
      String hex = Long.toHexString(features);
      assertTrue(unknown().contains("has format 1 and features " + hex + ", "), hex);
    }
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    rewrite(content -> ByteBuffer.wrap(content).putLong(0, 42).array());
    assertTrue(corrupt(in -> {}).contains(" is no checkpoint of Sluice"));
  }

  @Test
  void eachFileThatEndsTooEarlyIsRefused() throws IOException {
    byte[] whole = bed.bytes(file);
    int length = new FrameInput(new ByteArrayInputStream(whole), file).readAllBytes().length;
    for (int kept = 0; kept < length; kept++) {
      int size = kept;
      rewrite(content -> Arrays.copyOf(content, size));
      var e = assertThrows(CorruptCheckpointException.class, driver::restored, "size " + size);
      assertTrue(e.getMessage().contains(file + " at byte "), e.getMessage());
      assertTrue(e.getMessage().contains(": ends too early"), e.getMessage());
      bed.replace(file, whole);
    }
  }

  @Test
  void contentThatIsReadTooFarIsRefused() {
    String message = corrupt(in -> in.skipNBytes(1_000));
    assertTrue(message.contains(file + " at byte "), message);
    assertTrue(message.contains(": ends too early"), message);
  }

  @Test
  void contentThatIsNotReadToItsEndIsRefused() {
    String message = corrupt(in -> in.readBoolean());
    assertTrue(message.contains(": there is more than what it should hold"), message);
  }

  @Test
  void theReadersOwnFailureStaysAsItIs() {
    IOException failure = new IOException("no place for this state");
    var e =
        assertThrows(
            IOException.class,
            () ->
                driver
                    .folder()
                    .restore(
                        in -> {
                          throw failure;
                        }));
    assertEquals(failure, e);
  }
}
