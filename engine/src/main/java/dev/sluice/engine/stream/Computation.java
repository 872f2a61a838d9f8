package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.rdd.Rdd;

/** How a node gets its dataset of a batch. */
@FunctionalInterface
interface Computation<T> {

  /** Makes the dataset of batch {@code timeMs}. On the job thread. */
  Made<T> make(long timeMs) throws Exception;

  /**
   * A dataset, and how it is given up.
   *
   * @param release is told why
   */
  record Made<T>(Rdd<T> rdd, Release release) {

    /** A dataset that can be computed as long as its parents can. */
    static <T> Made<T> of(Rdd<T> rdd) {
      return new Made<>(rdd, why -> {});
    }

    /** A dataset that is kept until it is released. */
    static <T> Made<T> of(Held<T> held) {
      return new Made<>(held.rdd(), held::release);
    }
  }

  /** Gives a dataset up. */
  @FunctionalInterface
  interface Release {
    void release(String why);
  }
}
