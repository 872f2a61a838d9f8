package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of bytes in memory do what those of the JDK do. */
class ByteStreamsTest {
  private static final int STEPS = 2_000;

  static LongStream seeds() {
    return LongStream.range(0, 5);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void writeTheSame(long seed) throws IOException {
    Random random = new Random(seed);
    ByteOutput tried = new ByteOutput();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int step = 0; step < STEPS; step++) {
      byte[] bytes = FrameStreams.bytes(1 + random.nextInt(300), random);
      int offset = random.nextInt(bytes.length);
      int length = random.nextInt(bytes.length - offset + 1);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          tried.write(bytes[0]);
          expected.write(bytes[0]);
        }
        case 2 -> {
          tried.write(bytes, offset, length);
          expected.write(bytes, offset, length);
        }
        case 3 -> {
          ByteOutput other = new ByteOutput();
          other.write(bytes);
          tried.writeAll(other);
          expected.write(bytes);
        }
        default -> {
          if (step % 100 == 0) {
            tried.reset();
            expected.reset();
          }
        }
      }
      assertEquals(expected.size(), tried.size());
    }
    assertArrayEquals(expected.toByteArray(), tried.toByteArray());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void readTheSame(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] bytes = FrameStreams.bytes(10_000, random);
    int start = random.nextInt(100);
    int length = bytes.length - start - random.nextInt(100);
    ByteInput tried = new ByteInput(bytes, start, length);
    ByteArrayInputStream expected = new ByteArrayInputStream(bytes, start, length);
    int read = 0;
    while (read >= 0) {
      byte[] from = new byte[50];
      byte[] expectedFrom = new byte[50];
      int offset = random.nextInt(50);
      int count = random.nextInt(50 - offset + 1);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          read = expected.read();
          assertEquals(read, tried.read());
        }
        case 2, 3 -> {
          read = expected.read(expectedFrom, offset, count);
          assertEquals(read, tried.read(from, offset, count));
          assertArrayEquals(expectedFrom, from);
        }
        default -> assertEquals(expected.skip(count), tried.skip(count));
      }
      assertEquals(expected.available(), tried.available());
    }
    assertEquals(0, tried.read(new byte[3], 1, 0));
    assertEquals(-1, tried.read(new byte[3]));
  }
}
