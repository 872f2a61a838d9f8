package dev.sluice.engine.exchange;

import java.util.Arrays;

/** A key as its encoded bytes; whoever gets the key sees what they decode to. */
final class EncodedKey {
  private final byte[] bytes;
  private final int hash;

  EncodedKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedKey that
        && hash == that.hash
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
