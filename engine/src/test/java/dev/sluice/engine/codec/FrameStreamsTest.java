package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written as frames is read back. */
class FrameStreamsTest {
  private static final int SEEDS = 50;
  private static final int FULL = FrameOutput.FRAME_BYTES;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Sizes at which frames begin and end, and some between. */
  private static List<Integer> sizes(Random random) {
    List<Integer> sizes = new ArrayList<>(List.of(0, 1, 2));
    for (int frames = 1; frames <= 3; frames++) {
      for (int more = -2; more <= 2; more++) {
        sizes.add(frames * FULL + more);
      }
      sizes.add(frames * FULL + random.nextInt(FULL));
    }
    return sizes;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void piecesOfAllSizesComeBackAsTheyWere(long seed) throws IOException {
    Random random = new Random(seed);
    for (int size : sizes(random)) {
      byte[] content = FrameStreams.bytes(size, random);
      byte[] file = FrameStreams.fileInPieces(content, random);
      String message = "seed " + seed + ", " + size + " bytes";
      assertArrayEquals(FrameStreams.file(content), file, message);
      assertArrayEquals(content, FrameStreams.open(file).readAllBytes(), message);
      assertArrayEquals(content, FrameStreams.contentInPieces(file, random), message);
    }
  }

  @Test
  void bytesAreGivenAsNumbersFromZeroTo255() throws IOException {
    FrameInput in = FrameStreams.open(FrameStreams.file(new byte[] {-1, 0, 127, -128}));
    assertEquals(List.of(255, 0, 127, 128), List.of(in.read(), in.read(), in.read(), in.read()));
    assertEquals(-1, in.read());
  }

  @Test
  void theEndStaysTheEnd() throws IOException {
    FrameInput in = FrameStreams.open(FrameStreams.file(new byte[] {1}));
    assertEquals(0, in.read(new byte[5], 0, 0));
    assertEquals(1, in.read(new byte[5], 0, 5));
    for (int i = 0; i < 3; i++) {
      assertEquals(-1, in.read());
      assertEquals(-1, in.read(new byte[5], 0, 5));
      assertEquals(0, in.read(new byte[5], 0, 0));
    }
  }

  @Test
  void whatRepeatsTakesLittle() throws IOException {
    assertTrue(FrameStreams.file(new byte[10 * FULL]).length < FULL);
  }

  @Test
  void itIsSaidHowFarTheFileIsRead() throws IOException {
    byte[] content = new byte[FULL + 1];
    byte[] file = FrameStreams.file(content);
    int first = FrameStreams.file(new byte[FULL]).length - Frame.HEADER_BYTES;
    FrameInput in = FrameStreams.open(file);
    assertEquals("some-file at byte 0", in.where());
    in.readNBytes(FULL);
    assertEquals("some-file at byte " + first, in.where());
    in.readAllBytes();
    assertEquals("some-file at byte " + file.length, in.where());
  }
}
