package dev.sluice.translation.group;

import dev.sluice.engine.codec.Borrowed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Iterables that compute their elements at each iteration and keep none. */
final class Lazy {
  private Lazy() {}

  static <A, B> Iterable<B> map(Iterable<A> values, Function<? super A, ? extends B> function) {
    return values instanceof Borrowed
        ? new BorrowedMapped<>(values, function)
        : new Mapped<>(values, function);
  }

  /** {@code first}, which may be null, then {@code rest}. */
  static <A> Iterable<A> behind(A first, Iterable<? extends A> rest) {
    return () -> {
      Iterator<? extends A> others = rest.iterator();
      return new Iterator<>() {
        private boolean started;

        @Override
        public boolean hasNext() {
          return !started || others.hasNext();
        }

        @Override
        public A next() {
          if (!started) {
            started = true;
            return first;
          }
          return others.next();
        }
      };
    };
  }

  /** What {@code values} gives at one iteration. */
  static <A> List<A> list(Iterable<A> values) {
    List<A> list = new ArrayList<>();
    values.forEach(list::add);
    return list;
  }

  private static class Mapped<A, B> implements Iterable<B> {
    private final Iterable<A> values;
    private final Function<? super A, ? extends B> function;

    Mapped(Iterable<A> values, Function<? super A, ? extends B> function) {
      this.values = values;
      this.function = function;
    }

    @Override
    public Iterator<B> iterator() {
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
    }
  }

  private static final class BorrowedMapped<A, B> extends Mapped<A, B> implements Borrowed {
    BorrowedMapped(Iterable<A> values, Function<? super A, ? extends B> function) {
      super(values, function);
    }
  }
}
