package dev.sluice.engine.codec;

/**
 * A codec of keys. Two keys are the same key if and only if their encoded bytes are equal.
 *
 * <p>The encoding must therefore be deterministic.
 */
public interface KeyCodec<K> extends Codec<K> {

  /**
   * Whether {@link Object#equals} and {@link Object#hashCode} of keys like this one agree with
   * their encoded bytes, so that a hash map may use the keys themselves and no key is encoded in
   * memory. Keys that are the same get the same answer.
   */
  boolean consistentWithEquals(K key);
}
