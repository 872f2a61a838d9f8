package dev.sluice.engine.rdd;

import java.io.Serializable;

/** A key and a value, or two things that belong together. Either may be null. */
public record Pair<K, V>(K key, V value) implements Serializable {

  /** A pair of {@code key} and {@code value}. */
  public static <K, V> Pair<K, V> of(K key, V value) {
    return new Pair<>(key, value);
  }
}
