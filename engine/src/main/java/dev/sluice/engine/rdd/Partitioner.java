package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.KeyIdentity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Spreads keys over partitions. Equal keys go to the same one. Used by many threads at once. */
public interface Partitioner<K> extends Serializable {

  /** How many partitions there are, at least 1. */
  int partitions();

  /** The partition for {@code key}, from 0 to {@link #partitions} less one. */
  int partition(K key);

  /** Spreads keys by their hash codes. */
  static Partitioner<Object> hash(int partitions) {
    return new HashPartitioner(partitions);
  }

  /**
   * Keys up to and with {@code bounds[i]} that are in no partition before go to partition {@code
   * i}, those beyond the last bound to one more.
   *
   * @param bounds ascending in {@code ordering}
   */
  static <K> Partitioner<K> range(List<? extends K> bounds, Ordering<? super K> ordering) {
    return new RangePartitioner<>(new ArrayList<K>(bounds), ordering);
  }

  /** By {@link Object#hashCode}, mixed. */
  record HashPartitioner(int partitions) implements Partitioner<Object> {
    public HashPartitioner {
      Numbers.atLeast(1, partitions, "partitions");
    }

    @Override
    public int partition(Object key) {
      return KeyIdentity.partition(key, partitions);
    }
  }

  /** By binary search in sorted bounds. */
  record RangePartitioner<K>(List<K> bounds, Ordering<? super K> ordering)
      implements Partitioner<K> {
    public RangePartitioner {
      for (int i = 1; i < bounds.size(); i++) {
        if (ordering.compare(bounds.get(i - 1), bounds.get(i)) >= 0) {
          throw new IllegalArgumentException(
              "bound " + i + " of a range partitioner is not greater than the one before");
        }
      }
    }

    @Override
    public int partitions() {
      return bounds.size() + 1;
    }

    @Override
    public int partition(K key) {
      int at = Collections.binarySearch(bounds, key, ordering);
      return at >= 0 ? at : -at - 1;
    }
  }
}
