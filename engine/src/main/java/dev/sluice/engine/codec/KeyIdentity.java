package dev.sluice.engine.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** What stands for a key in a hash map: the key itself, or its encoded bytes. */
public final class KeyIdentity {
  private KeyIdentity() {}

  /** An object that equals another's identity if and only if the keys are the same. */
  public static <K> Object of(K key, KeyCodec<K> codec) throws IOException {
    return codec.consistentWithEquals(key) ? key : new Encoded(codec.toBytes(key));
  }

  /** The encoded key that {@code identity} stands for. */
  @SuppressWarnings("unchecked")
  public static <K> byte[] bytes(Object identity, KeyCodec<K> codec) throws IOException {
    return identity instanceof Encoded encoded ? encoded.bytes : codec.toBytes((K) identity);
  }

  /** The key that {@code identity} stands for; decoded if it is kept as bytes. */
  @SuppressWarnings("unchecked")
  public static <K> K key(Object identity, KeyCodec<K> codec) throws IOException {
    return identity instanceof Encoded encoded ? codec.fromBytes(encoded.bytes) : (K) identity;
  }

  /**
   * The partition, of {@code partitions}, of whatever has this identity. Hash codes are spread
   * first, so that small ints do not leave gaps.
   */
  public static int partition(Object identity, int partitions) {
    int hash = Objects.hashCode(identity) * 0x9E3779B9;
    return Math.floorMod(hash ^ (hash >>> 16), partitions);
  }

  /** The key with these bytes. */
  public static <K> K decode(byte[] bytes, KeyCodec<K> codec) throws IOException {
    return codec.fromBytes(bytes);
  }

  /** Comparable, so that a hash map searches even many keys of one hash code in order. */
  private static final class Encoded implements Comparable<Encoded> {
    private final byte[] bytes;
    private final int hash;

    Encoded(byte[] bytes) {
      this.bytes = bytes;
      this.hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Encoded that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Encoded other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }
  }
}
