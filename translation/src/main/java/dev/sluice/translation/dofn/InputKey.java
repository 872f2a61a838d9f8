package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Exchange.KeySelector;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** Groups the input of a stateful DoFn by key; elements stay whole. */
public record InputKey<K, V>()
    implements KeySelector<WindowedValue<KV<K, V>>, K, WindowedValue<KV<K, V>>> {

  @Override
  public K key(WindowedValue<KV<K, V>> element) {
    return element.getValue().getKey();
  }

  @Override
  public WindowedValue<KV<K, V>> value(WindowedValue<KV<K, V>> element) {
    return element;
  }
}
