package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.rdd.Rdd;
import java.util.concurrent.atomic.AtomicInteger;

/** How a node gets its dataset of a batch. */
@FunctionalInterface
interface Computation<T> {

  /** Makes the dataset of batch {@code timeMs}. On the job thread. */
  Made<T> make(long timeMs) throws Exception;

  /** What a checkpoint writes of a dataset: records that the context's codec can. Runs no job. */
  default Rdd<?> saved(Rdd<T> dataset) {
    return dataset;
  }

  /**
   * Makes the dataset of batch {@code timeMs} again of what {@link #saved} gave for it, as it was
   * read. On the thread that starts the context; may run jobs.
   */
  @SuppressWarnings("unchecked") // By default it was written as it is.
  default Made<T> restored(Rdd<?> saved, long timeMs) throws Exception {
    return Made.of((Rdd<T>) saved);
  }

  /** A dataset, and how it is given up. Safe for use by many threads. */
  final class Made<T> {
    private final Rdd<T> rdd;
    private final Release release;
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * A dataset with one holder.
     *
     * @param release is told why
     */
    Made(Rdd<T> rdd, Release release) {
      this.rdd = rdd;
      this.release = release;
    }

    /** A dataset that can be computed as long as its parents can. */
    static <T> Made<T> of(Rdd<T> rdd) {
      return new Made<>(rdd, why -> {});
    }

    /** A dataset that is kept until it is released. */
    static <T> Made<T> of(Held<T> held) {
      return new Made<>(held.rdd(), held::release);
    }

    Rdd<T> rdd() {
      return rdd;
    }

    /** One more holds it, who has to {@link #release} it, too. */
    Made<T> retain() {
      holders.incrementAndGet();
      return this;
    }

    /** A holder needs it no more; the last one gives it up. */
    void release(String why) {
      if (holders.decrementAndGet() == 0) {
        release.release(why);
      }
    }
  }

  /** Gives a dataset up. */
  @FunctionalInterface
  interface Release {
    void release(String why);
  }
}
