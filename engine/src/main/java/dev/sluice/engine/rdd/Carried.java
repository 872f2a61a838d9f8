package dev.sluice.engine.rdd;

import java.util.List;

/**
 * What {@link PairRdd#carry} has come to.
 *
 * @param records what was emitted
 * @param left what was left in each partition, by those attempts that count
 */
public record Carried<R, A>(Held<R> records, List<A> left) {
  public Carried {
    left = List.copyOf(left);
  }
}
