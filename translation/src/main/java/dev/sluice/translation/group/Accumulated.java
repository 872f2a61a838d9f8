package dev.sluice.translation.group;

/**
 * An accumulator that is kept of a key and window.
 *
 * <p>No function changes it any more, but it may change inside when it is looked at, as that of
 * Beam's {@code Top} sorts itself, and while a task looks at it for the next batch, a checkpoint is
 * written of the one before. So one thread looks at a time.
 */
final class Accumulated<AccumT> {
  private final AccumT accumulator;

  Accumulated(AccumT accumulator) {
    this.accumulator = accumulator;
  }

  /** What is done with an accumulator, which stays as it is. */
  @FunctionalInterface
  interface Look<AccumT, T, X extends Exception> {
    T at(AccumT accumulator) throws X;
  }

  synchronized <T, X extends Exception> T look(Look<? super AccumT, T, X> look) throws X {
    return look.at(accumulator);
  }
}
