package dev.sluice.translation.group;

import java.io.Serializable;
import org.apache.beam.sdk.values.KV;

/** What becomes of the values of one key and window: an iterable, or something combined. */
interface GroupResult<V, OutputT> extends Serializable {

  OutputT of(Iterable<V> values);

  /** The values themselves. */
  record Values<V>() implements GroupResult<V, Iterable<V>> {
    @Override
    public Iterable<V> of(Iterable<V> values) {
      return values;
    }
  }

  default <K> KV<K, OutputT> pair(K key, Iterable<V> values) {
    return KV.of(key, of(values));
  }
}
