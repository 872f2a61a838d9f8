package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.PairRdd;

/** A {@link BatchAction} on a dataset of pairs. Runs on the job thread, and may run actions. */
@FunctionalInterface
public interface PairBatchAction<K, V> {

  /** Acts on {@code rdd}, the dataset of batch {@code timeMs}. */
  void accept(PairRdd<K, V> rdd, long timeMs) throws Exception;
}
