package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Emits each value of the left side with each of the right, for every key.
 *
 * <p>The right values are held a chunk at a time, and the left ones read once for each chunk: so
 * neither side need fit in memory, and a key with many values on one side only is read once.
 */
record Join<K, V, W>(Kind kind) implements Operator<Pair<K, Pair<Iterable<V>, Iterable<W>>>> {
  private static final int CHUNK = 4096;

  /** Which sides may miss a value. The other side's values are in an {@link Optional} then. */
  enum Kind {
    INNER("join", false, false),
    LEFT_OUTER("leftOuterJoin", false, true),
    RIGHT_OUTER("rightOuterJoin", true, false),
    FULL_OUTER("fullOuterJoin", true, true);

    private final String operation;
    private final boolean leftMissing;
    private final boolean rightMissing;

    Kind(String operation, boolean leftMissing, boolean rightMissing) {
      this.operation = operation;
      this.leftMissing = leftMissing;
      this.rightMissing = rightMissing;
    }

    String operation() {
      return operation;
    }
  }

  @Override
  public Processor<Pair<K, Pair<Iterable<V>, Iterable<W>>>> open(OperatorContext context) {
    Output<Pair<K, Pair<Object, Object>>> out = context.output(0);
    return group -> join(group.key(), group.value(), out);
  }

  private void join(
      K key, Pair<Iterable<V>, Iterable<W>> sides, Output<Pair<K, Pair<Object, Object>>> out) {
    Iterator<Object> right = right(sides.value()).iterator();
    while (right.hasNext()) {
      List<Object> chunk = new ArrayList<>();
      while (right.hasNext() && chunk.size() < CHUNK) {
        chunk.add(right.next());
      }
      for (Object left : left(sides.key())) {
        for (Object each : chunk) {
          out.emit(new Pair<>(key, new Pair<>(left, each)));
        }
      }
    }
  }

  private Iterable<Object> left(Iterable<V> values) {
    return side(values, kind.leftMissing);
  }

  private Iterable<Object> right(Iterable<W> values) {
    return side(values, kind.rightMissing);
  }

  /** The values of a side, or one empty one, as the kind of join has it. */
  private static Iterable<Object> side(Iterable<?> values, boolean mayMiss) {
    if (mayMiss && !values.iterator().hasNext()) {
      return Collections.singleton(Optional.empty());
    }
    return () -> {
      Iterator<?> each = values.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public Object next() {
          Object value = each.next();
          return mayMiss ? Optional.of(notNull(value)) : value;
        }
      };
    };
  }

  private static Object notNull(Object value) {
    return Objects.requireNonNull(value, "an outer join cannot tell a null value from none");
  }
}
