package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Output;
import java.io.Serializable;

/**
 * Visits the groups of a partition with something that was left there before, and leaves something
 * for the next time.
 *
 * @param <R> what it emits
 * @param <A> what it leaves
 */
@FunctionalInterface
public interface Carrying<K, V, R, A> extends Serializable {

  /**
   * Begins an attempt of a partition's task. Other attempts get the same {@code before}, perhaps at
   * once: it must not be changed.
   */
  Visits<K, V, A> open(A before, Output<R> out) throws Exception;

  /** The visits of one attempt, by its thread. May emit. */
  interface Visits<K, V, A> {

    /**
     * Visits a key with its values, which can be read until this returns; a {@link
     * java.util.Collection} can be read afterwards, too. Each key comes once.
     *
     * @param identity equals another's if and only if the keys are the same
     */
    void visit(Object identity, K key, Iterable<V> values) throws Exception;

    /** All keys have been visited: what is left. */
    A finish() throws Exception;
  }
}
