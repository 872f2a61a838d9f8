package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The size of an encoding, without it. */
class EncodedSizeTest {
  @Test
  void isWhatTheCodecWrites() throws IOException {
    Codec<Object> codec = KryoCodec.values(List.of());
    for (Object record : List.of(1, "text", new byte[100_000], new ArrayList<>(List.of(1L, 2L)))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.encode(record, bytes);
      assertEquals(bytes.size(), EncodedSize.of(codec, record), record.getClass().getName());
    }
  }
}
