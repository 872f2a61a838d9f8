package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ints of variable length. */
class VarIntTest {
  private static byte[] written(int value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VarInt.write(value, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 1",
    "127, 1",
    "128, 2",
    "16383, 2",
    "16384, 3",
    "2097151, 3",
    "2097152, 4",
    "268435455, 4",
    "268435456, 5",
    "2147483647, 5"
  })
  void takesSevenBitsAByte(int value, int bytes) throws IOException {
    byte[] written = written(value);
    assertEquals(bytes, written.length);
    assertEquals(value, VarInt.read(new ByteArrayInputStream(written)));
    assertEquals(bytes, VarInt.bytes(value));
    byte[] behindOthers = new byte[bytes + 5];
    System.arraycopy(written, 0, behindOthers, 3, bytes);
    assertEquals(value, VarInt.at(behindOthers, 3));
  }

  @Test
  void readsOneAfterAnother() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int value : new int[] {300, 0, Integer.MAX_VALUE}) {
      VarInt.write(value, out);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    assertEquals(300, VarInt.read(in));
    assertEquals(0, VarInt.read(in));
    assertEquals(Integer.MAX_VALUE, VarInt.read(in));
    assertEquals(0, in.available());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void saysThatTheStreamEndsInsideOfIt(int length) throws IOException {
    byte[] whole = written(Integer.MAX_VALUE);
    assertThrows(EOFException.class, () -> VarInt.read(new ByteArrayInputStream(whole, 0, length)));
  }

  @Test
  void isNeverLongerThanFiveBytes() {
    byte[] endless = {-1, -1, -1, -1, -1, -1, 0};
    IOException failure =
        assertThrows(IOException.class, () -> VarInt.read(new ByteArrayInputStream(endless)));
    assertFalse(failure instanceof EOFException);
  }
}
