package dev.sluice.engine.exchange;

import java.util.Arrays;

/** A key that is compared by its encoded bytes. */
final class EncodedKey {
  private final Object key;
  private final byte[] bytes;
  private final int hash;

  EncodedKey(Object key, byte[] bytes) {
    this.key = key;
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  Object key() {
    return key;
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
