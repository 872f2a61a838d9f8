package dev.sluice.engine.memory;

import java.util.function.Consumer;

/**
 * What becomes of failures while several things are given back, all of them: the first counts,
 * later ones are added to it. For use by one thread.
 */
public final class FirstFailure<X extends Exception> {
  private X first;

  /** Does {@code work} for all of {@code things}; what it throws is thrown at the end. */
  public static <T> void forEach(Iterable<? extends T> things, Consumer<? super T> work) {
    FirstFailure<RuntimeException> failure = new FirstFailure<>();
    for (T thing : things) {
      try {
        work.accept(thing);
      } catch (RuntimeException e) {
        failure.add(e);
      }
    }
    failure.throwIfAny();
  }

  /** Notes a failure. */
  public void add(X failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }

  /** The first, with all others; null if there is none. */
  public X get() {
    return first;
  }

  /** Throws the first, if there is one. */
  public void throwIfAny() throws X {
    if (first != null) {
      throw first;
    }
  }
}
