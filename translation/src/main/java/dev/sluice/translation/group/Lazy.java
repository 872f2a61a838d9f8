package dev.sluice.translation.group;

import java.util.Iterator;
import java.util.function.Function;

/** Iterables that compute their elements at each iteration and keep none. */
final class Lazy {
  private Lazy() {}

  static <A, B> Iterable<B> map(Iterable<A> values, Function<? super A, ? extends B> function) {
    return () -> {
      Iterator<A> iterator = values.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return iterator.hasNext();
        }

        @Override
        public B next() {
          return function.apply(iterator.next());
        }
      };
    };
  }
}
