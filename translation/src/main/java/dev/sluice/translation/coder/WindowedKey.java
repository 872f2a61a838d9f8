package dev.sluice.translation.coder;

import java.util.Objects;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** A key in one window: what values are grouped by where windows do not merge. */
public final class WindowedKey<K> {
  private final K key;
  private final BoundedWindow window;
  private final int hash;

  /** {@code key} may be null. */
  public WindowedKey(K key, BoundedWindow window) {
    this.key = key;
    this.window = window;
    this.hash = 31 * Objects.hashCode(key) + window.hashCode();
  }

  public K key() {
    return key;
  }

  public BoundedWindow window() {
    return window;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowedKey<?> that
        && hash == that.hash
        && Objects.equals(key, that.key)
        && window.equals(that.window);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
