package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.rdd.Carrying.Visits;
import java.util.List;

/** Has the groups of each partition visited, and hands what was left to {@link Report}. */
record Carry<K, V, R, A>(Carrying<K, V, R, A> carrying, InProcess<List<A>> before, Codecs codecs)
    implements Operator<Group<K, V>> {

  /** Computes all partitions now; there is one for each element of {@code before}. */
  static <K, V, R, A> Carried<R, A> run(
      Dataset pairs, List<A> before, Carrying<K, V, R, A> carrying) {
    Codecs codecs = pairs.context().codecs();
    Carry<K, V, R, A> carry = new Carry<>(carrying, new InProcess<>(List.copyOf(before)), codecs);
    Dataset carried = Keyed.carried(pairs, carry, before.size());
    List<A> left =
        MaterializedStep.compute(carried, new Evaluation<>("carry", branch -> new Report(), false));
    return new Carried<>(new Held<>(carried), left);
  }

  @Override
  public Processor<Group<K, V>> open(OperatorContext context) throws Exception {
    Output<R> out = context.output(0);
    Left left = Left.of(context.scope());
    // Nothing narrows the grouping: the task's number is that of its partition.
    A mine = before.get().get(context.scope().partition());
    Visits<K, V, A> visits = carrying.open(mine, out);
    return new Processor<>() {
      @Override
      public void process(Group<K, V> group) throws Exception {
        visits.visit(codecs.identity(group.key()), group.key(), group.values());
      }

      @Override
      public void finish() throws Exception {
        left.value = visits.finish();
      }
    };
  }

  /** What an attempt has left. For use by its thread. */
  private static final class Left {
    private Object value;

    static Left of(TaskScope scope) {
      return scope.local(Left.class, Left::new);
    }
  }

  /** The report of a task that has carried: what it has left. */
  record Report() implements Operator<Object> {
    @Override
    public Processor<Object> open(OperatorContext context) {
      Left left = Left.of(context.scope());
      return new Processor<>() {
        @Override
        public void process(Object record) {}

        @Override
        public void finish() {
          context.result(left.value);
        }
      };
    }
  }
}
