package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The operators around the exchange of groupByKey and cogroup. */
final class Grouping {
  private Grouping() {}

  /** A value with the side of a cogroup that it came from, 0 or 1. Written by the codec. */
  record Tagged(int side, Object value) {}

  record ToPair<K, V>() implements Operator<Group<K, V>> {
    @Override
    public Processor<Group<K, V>> open(OperatorContext context) {
      Output<Pair<K, Iterable<V>>> out = context.output(0);
      return group -> {
        if (group.values() instanceof Collection<V>) {
          out.emit(new Pair<>(group.key(), group.values()));
          return;
        }
        try (StreamedValues<V> values = new StreamedValues<>(group.values())) {
          out.emit(new Pair<>(group.key(), values));
        }
      };
    }
  }

  record Tag<K>(int side) implements Operator<Pair<K, Object>> {
    @Override
    public Processor<Pair<K, Object>> open(OperatorContext context) {
      Output<Pair<K, Tagged>> out = context.output(0);
      return pair -> out.emit(new Pair<>(pair.key(), new Tagged(side, pair.value())));
    }
  }

  /** Takes the two sides of a group apart again. */
  record ToSides<K>() implements Operator<Group<K, Tagged>> {
    @Override
    public Processor<Group<K, Tagged>> open(OperatorContext context) {
      Output<Pair<K, Pair<Iterable<Object>, Iterable<Object>>>> out = context.output(0);
      return group -> {
        if (group.values() instanceof Collection<Tagged> values) {
          out.emit(new Pair<>(group.key(), new Pair<>(list(values, 0), list(values, 1))));
          return;
        }
        try (StreamedValues<Object> left = new StreamedValues<>(side(group.values(), 0));
            StreamedValues<Object> right = new StreamedValues<>(side(group.values(), 1))) {
          out.emit(new Pair<>(group.key(), new Pair<>(left, right)));
        }
      };
    }

    private static List<Object> list(Collection<Tagged> values, int side) {
      List<Object> list = new ArrayList<>();
      side(values, side).forEach(list::add);
      return list;
    }

    private static Iterable<Object> side(Iterable<Tagged> values, int side) {
      return () -> new OfSide(values.iterator(), side);
    }
  }

  private static final class OfSide implements Iterator<Object> {
    private final Iterator<Tagged> values;
    private final int side;
    private Tagged next;

    OfSide(Iterator<Tagged> values, int side) {
      this.values = values;
      this.side = side;
    }

    @Override
    public boolean hasNext() {
      while (next == null && values.hasNext()) {
        Tagged value = values.next();
        next = value.side() == side ? value : null;
      }
      return next != null;
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object value = next.value();
      next = null;
      return value;
    }
  }
}
