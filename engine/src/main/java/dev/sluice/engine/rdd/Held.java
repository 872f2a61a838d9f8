package dev.sluice.engine.rdd;

import java.util.Objects;

/**
 * A dataset that stays until it is released, and has no lineage beyond itself: what is held can be
 * read, but not computed again. Safe for use by many threads.
 */
public final class Held<T> {
  private final Rdd<T> rdd;

  Held(Dataset dataset) {
    this.rdd = new Rdd<>(dataset);
  }

  /** The dataset, for use until {@link #release}. */
  public Rdd<T> rdd() {
    return rdd;
  }

  /**
   * Gives up the records. Jobs that have been planned before may go on; others that need them throw
   * a {@link DatasetReleasedException}. Without effect the second time.
   *
   * @param why which records they were, why they are gone and what to do: the exception's message
   */
  public void release(String why) {
    rdd.dataset().release(new ReleasedStep(Objects.requireNonNull(why, "why")));
  }
}
