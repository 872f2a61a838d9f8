package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import java.util.ArrayList;
import java.util.List;

/** The operators at the end of an action's plan: each task reports a value. */
final class Reports {
  private Reports() {}

  /** Adds every record to an accumulator of the task's own. */
  record Aggregate<T, A>(Function0<? extends A> zero, Function2<A, ? super T, ? extends A> add)
      implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) throws Exception {
      A start = zero.apply();
      return new Processor<>() {
        private A accumulator = start;

        @Override
        public void process(T record) throws Exception {
          accumulator = add.apply(accumulator, record);
        }

        @Override
        public void finish() {
          context.result(accumulator);
        }
      };
    }
  }

  /** The first records of a partition as a list, of at most {@code limit}, which is at least 1. */
  record First<T>(int limit) implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) {
      Demand demand = Demand.of(context.scope());
      demand.opened();
      List<T> records = new ArrayList<>();
      return new Processor<>() {
        @Override
        public void process(T record) {
          if (records.size() < limit) {
            records.add(record);
            if (records.size() == limit) {
              demand.satisfied();
            }
          }
        }

        @Override
        public void finish() {
          context.result(records);
        }
      };
    }
  }

  /** Does something with every record, and reports nothing of interest. */
  record ForEach<T>(Consumer1<? super T> consumer) implements Operator<T> {
    @Override
    public Processor<T> open(OperatorContext context) {
      context.result(true);
      return consumer::accept;
    }
  }
}
