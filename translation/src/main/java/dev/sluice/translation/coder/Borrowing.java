package dev.sluice.translation.coder;

import dev.sluice.engine.codec.Borrowed;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableLikeCoder;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Finds elements that hold values of a group which are read from disk: they live as long as the
 * group is processed, and an exchange has to copy them.
 */
final class Borrowing {
  private Borrowing() {}

  /** Whether elements of {@code coder} may hold such values at all. */
  static boolean isPossible(Coder<?> coder) {
    return coder instanceof IterableLikeCoder
        || coder instanceof CoGbkResult.CoGbkResultCoder
        || coder.getCoderArguments().stream().anyMatch(Borrowing::isPossible);
  }

  /** Whether {@code element} does; a join's result cannot be looked into and counts as if. */
  static boolean isBorrowed(Object element) {
    if (element instanceof WindowedValue<?> windowed) {
      return isBorrowed(windowed.getValue());
    }
    if (element instanceof KV<?, ?> pair) {
      return isBorrowed(pair.getKey()) || isBorrowed(pair.getValue());
    }
    return element instanceof Borrowed || element instanceof CoGbkResult;
  }
}
