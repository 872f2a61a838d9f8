package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;

/** What is done with the dataset of each batch. Runs on the job thread, and may run actions. */
@FunctionalInterface
public interface BatchAction<T> {

  /** Acts on {@code rdd}, the dataset of batch {@code timeMs}. */
  void accept(Rdd<T> rdd, long timeMs) throws Exception;
}
