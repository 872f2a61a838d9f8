package dev.sluice.engine.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Non-negative ints in one to five bytes, seven bits a byte, lowest first. */
public final class VarInt {
  private VarInt() {}

  /** Appends {@code value}, which is not negative. */
  public static void write(int value, OutputStream out) throws IOException {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Reads one int; an {@link EOFException} if the stream ends inside it. */
  public static int read(InputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the stream ends inside a length");
      }
      value |= (b & 0x7F) << shift;
      if ((b & 0x80) == 0) {
        return value;
      }
    }
    throw new IOException("a length of more than five bytes");
  }

  /** The int at {@code offset} of {@code bytes}, which were written by {@link #write}. */
  public static int at(byte[] bytes, int offset) {
    int value = 0;
    int at = offset;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** How many bytes {@link #write} makes of {@code value}. */
  public static int bytes(int value) {
    return 1 + (31 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }
}
