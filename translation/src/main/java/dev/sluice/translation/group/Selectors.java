package dev.sluice.translation.group;

import dev.sluice.engine.plan.Exchange.KeySelector;
import dev.sluice.translation.coder.WindowedKey;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** How windowed pairs are taken apart for the engine's exchange. */
final class Selectors {
  private Selectors() {}

  /** In the global window: the key, and the value alone. */
  record Global<K, V>() implements KeySelector<WindowedValue<KV<K, V>>, K, V> {
    @Override
    public K key(WindowedValue<KV<K, V>> element) {
      return element.getValue().getKey();
    }

    @Override
    public V value(WindowedValue<KV<K, V>> element) {
      return element.getValue().getValue();
    }
  }

  /** In windows that do not merge: key and window, and the value alone. */
  record ByWindow<K, V>() implements KeySelector<WindowedValue<KV<K, V>>, WindowedKey<K>, V> {
    @Override
    public WindowedKey<K> key(WindowedValue<KV<K, V>> element) {
      return new WindowedKey<>(element.getValue().getKey(), Windowing.onlyWindow(element));
    }

    @Override
    public V value(WindowedValue<KV<K, V>> element) {
      return element.getValue().getValue();
    }
  }

  /** The same where a result's timestamp depends on those of the values. */
  record ByWindowTimed<K, V>()
      implements KeySelector<WindowedValue<KV<K, V>>, WindowedKey<K>, Timed<V>> {
    @Override
    public WindowedKey<K> key(WindowedValue<KV<K, V>> element) {
      return new WindowedKey<>(element.getValue().getKey(), Windowing.onlyWindow(element));
    }

    @Override
    public Timed<V> value(WindowedValue<KV<K, V>> element) {
      return new Timed<>(element.getValue().getValue(), element.getTimestamp());
    }
  }

  /** In windows that merge: the key, and the value with its window and time. */
  record ByKey<K, V>() implements KeySelector<WindowedValue<KV<K, V>>, K, WindowedValue<V>> {
    @Override
    public K key(WindowedValue<KV<K, V>> element) {
      return element.getValue().getKey();
    }

    @Override
    public WindowedValue<V> value(WindowedValue<KV<K, V>> element) {
      return element.withValue(element.getValue().getValue());
    }
  }
}
