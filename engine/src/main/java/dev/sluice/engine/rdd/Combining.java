package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the values of a key become an accumulator, before and behind the exchange.
 *
 * @param create makes an accumulator of the first value
 * @param add may change and return its first argument
 * @param merge may change and return its first argument
 */
record Combining<V, C>(
    Function1<? super V, ? extends C> create,
    Function2<? super C, ? super V, ? extends C> add,
    Function2<? super C, ? super C, ? extends C> merge)
    implements Serializable {

  /**
   * Combines values of equal keys within a task. What it holds is bounded by the number of keys
   * and, since an accumulator may grow with its values, by the number of values; at a bound all is
   * sent and forgotten.
   */
  record Before<K, V, C>(Combining<V, C> combining, Codecs codecs) implements Operator<Pair<K, V>> {
    private static final int MAX_KEYS = 1 << 16;
    private static final int MAX_VALUES = 1 << 18;

    @Override
    public Processor<Pair<K, V>> open(OperatorContext context) {
      Output<Pair<K, C>> out = context.output(0);
      Map<Object, Slot<K, C>> slots = new LinkedHashMap<>();
      return new Processor<>() {
        private int values;

        @Override
        public void process(Pair<K, V> pair) throws Exception {
          Object identity = codecs.identity(pair.key());
          Slot<K, C> slot = slots.get(identity);
          if (slot == null) {
            slots.put(identity, new Slot<>(pair.key(), combining.create().apply(pair.value())));
          } else {
            slot.accumulator = combining.add().apply(slot.accumulator, pair.value());
          }
          if (++values == MAX_VALUES || slots.size() == MAX_KEYS) {
            send();
          }
        }

        @Override
        public void finish() {
          send();
        }

        private void send() {
          slots.values().forEach(slot -> out.emit(new Pair<>(slot.key, slot.accumulator)));
          slots.clear();
          values = 0;
        }
      };
    }
  }

  private static final class Slot<K, C> {
    private final K key;
    private C accumulator;

    Slot(K key, C accumulator) {
      this.key = key;
      this.accumulator = accumulator;
    }
  }

  /**
   * Merges the accumulators of a key, in the order of their senders. Those that were sent belong to
   * the exchange, and a retry finds them again: a merge starts with a copy of the first.
   */
  record After<K, C>(Combining<?, C> combining, Codecs codecs) implements Operator<Group<K, C>> {
    @Override
    public Processor<Group<K, C>> open(OperatorContext context) {
      Output<Pair<K, C>> out = context.output(0);
      return group -> out.emit(new Pair<>(group.key(), merged(group.values().iterator())));
    }

    private C merged(Iterator<C> sent) throws Exception {
      C accumulator = sent.next();
      boolean own = false;
      while (sent.hasNext()) {
        if (!own) {
          accumulator = codecs.copy(accumulator);
        }
        C next = sent.next();
        accumulator = combining.merge().apply(accumulator, next);
        // A merge that returned its second argument would change it the next time.
        own = accumulator != next;
      }
      return accumulator;
    }
  }
}
