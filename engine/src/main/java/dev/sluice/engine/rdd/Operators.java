package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;

/** The operators that push each record on, changed, many times, or not at all. */
final class Operators {
  private Operators() {}

  record Map<T, R>(Function1<? super T, ? extends R> function) implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) {
      Output<R> out = context.output(0);
      return record -> out.emit(function.apply(record));
    }
  }

  record FlatMap<T, R>(Function1<? super T, ? extends Iterable<? extends R>> function)
      implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) {
      Output<R> out = context.output(0);
      return record -> {
        for (R each : function.apply(record)) {
          out.emit(each);
        }
      };
    }
  }

  record Filter<T>(Predicate1<? super T> condition) implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) {
      Output<T> out = context.output(0);
      return record -> {
        if (condition.test(record)) {
          out.emit(record);
        }
      };
    }
  }

  record MapValues<K, V, R>(Function1<? super V, ? extends R> function)
      implements Operator<Pair<K, V>> {
    @Override
    public Processor<Pair<K, V>> open(OperatorContext context) {
      Output<Pair<K, R>> out = context.output(0);
      return pair -> out.emit(new Pair<>(pair.key(), function.apply(pair.value())));
    }
  }

  record FlatMapValues<K, V, R>(Function1<? super V, ? extends Iterable<? extends R>> function)
      implements Operator<Pair<K, V>> {
    @Override
    public Processor<Pair<K, V>> open(OperatorContext context) {
      Output<Pair<K, R>> out = context.output(0);
      return pair -> {
        for (R each : function.apply(pair.value())) {
          out.emit(new Pair<>(pair.key(), each));
        }
      };
    }
  }
}
