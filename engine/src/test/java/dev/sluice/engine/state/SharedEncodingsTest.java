package dev.sluice.engine.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Values that are written many times. */
class SharedEncodingsTest {
  private static final int VALUES = 2_500;

  private final AtomicInteger encoded = new AtomicInteger();
  private final SharedEncodings<String> encodings =
      new SharedEncodings<>(
          (value, out) -> {
            encoded.incrementAndGet();
            out.writeUTF(value);
          });
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

  private void write(String value) throws IOException {
    encodings.write(value, new DataOutputStream(written));
    new DataOutputStream(expected).writeUTF(value);
  }

  @Test
  void areEncodedOnce() throws IOException {
    for (int i = 0; i < 10; i++) {
      write("one");
      write("another");
    }
    assertEquals(2, encoded.get());
    assertArrayEquals(expected.toByteArray(), written.toByteArray());
  }

  @Test
  void areWrittenAsTheyAreHoweverManyThereAre() throws IOException {
    List<String> values = IntStream.range(0, VALUES).mapToObj(i -> "value " + i).toList();
    for (int i = 0; i < 2 * VALUES; i++) {
      write(values.get(i % VALUES));
      write(values.get(i % VALUES));
    }
    assertEquals(2 * VALUES, encoded.get());
    assertArrayEquals(expected.toByteArray(), written.toByteArray());
  }
}
