package dev.sluice.engine.plan;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import java.io.Serializable;

/** How records go from the tasks of one stage to those of another. */
public sealed interface Exchange extends Serializable {

  /** Says that an exchange has as many partitions as the job has workers. */
  int DEFAULT_PARTITIONS = 0;

  /**
   * All values of a key meet in one {@link Group}.
   *
   * @param partitions how many tasks read it, or {@link #DEFAULT_PARTITIONS}
   */
  record Grouped<T, K, V>(
      KeySelector<T, K, V> selector, KeyCodec<K> keyCodec, Codec<V> valueCodec, int partitions)
      implements Exchange {}

  /**
   * Records go to the partition that a router names, and keep the order of each sending task.
   *
   * @param partitions how many tasks read it, or {@link #DEFAULT_PARTITIONS}
   */
  record Routed<T>(Router<T> router, Codec<T> codec, int partitions) implements Exchange {}

  /** Each sending task has one reading task: a cut between stages, nothing moves. */
  record Pinned<T>(Codec<T> codec) implements Exchange {}

  /**
   * Everything goes to all who ask for it by {@link OperatorContext#broadcast}.
   *
   * @param retention what is kept from run to run of a stream, or null to keep nothing
   */
  record Broadcast<T>(Codec<T> codec, Retention<T> retention) implements Exchange {
    public Broadcast(Codec<T> codec) {
      this(codec, null);
    }
  }

  /** What becomes of the records of a broadcast in later runs. */
  interface Retention<T> extends Serializable {

    /** A later record replaces an earlier one with an equal key. */
    Object key(T record);

    /** The watermark of the consumers behind which nobody asks for the record. */
    long expiresAt(T record);
  }

  /** Takes records apart for a grouped exchange. */
  interface KeySelector<T, K, V> extends Serializable {
    K key(T record);

    V value(T record);
  }

  /** Chooses partitions for the records of one sending task. */
  interface Router<T> extends Serializable {

    /** A router for one attempt; {@code scope} gives the task's number, for a stable spread. */
    Route<T> open(TaskScope scope, int partitions);
  }

  /** Chooses a partition for a record, from 0 to the number of partitions less one. */
  @FunctionalInterface
  interface Route<T> {
    int partition(T record) throws Exception;
  }
}
