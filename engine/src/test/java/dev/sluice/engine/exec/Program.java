package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Planner;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.plan.TaskScope;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A plan of a test, of the steps that most tests need, with Kryo for everything. */
public final class Program {
  public static final Codec<Object> VALUES =
      KryoCodec.values(List.of(KeyValue.class, Gathered.class));
  public static final KeyCodec<Object> KEYS = KryoCodec.keys(List.of());

  private final PlanBuilder builder = new PlanBuilder();

  /** A function of a plan. */
  @FunctionalInterface
  public interface Step<A, B> extends Serializable {
    B apply(A value) throws Exception;
  }

  /** A source that has one split for each of some lists. */
  private record Lists<T>(List<? extends List<T>> lists) implements Source<T> {
    @Override
    public List<Split<T>> splits(int parallelism, TaskScope scope) {
      List<Split<T>> splits = new ArrayList<>();
      lists.forEach(list -> splits.add((output, s) -> list.forEach(output::emit)));
      return splits;
    }
  }

  public PlanBuilder builder() {
    return builder;
  }

  /** A source that is read by one task for each list. */
  public <T> Port source(String name, List<? extends List<T>> lists) {
    return builder.source(name, new Lists<>(lists), VALUES);
  }

  /** A source of the numbers from 0 on, {@code each} of them in each of {@code tasks} tasks. */
  public Port numbers(String name, int tasks, int each) {
    return source(
        name,
        IntStream.range(0, tasks)
            .mapToObj(t -> IntStream.range(t * each, (t + 1) * each).boxed().toList())
            .toList());
  }

  public <T> Port operator(String name, Operator<T> operator, Port... inputs) {
    return builder.operator(name, operator, List.of(inputs), VALUES);
  }

  public <A, B> Port map(String name, Step<A, B> step, Port... inputs) {
    return operator(
        name,
        context -> {
          Output<B> out = context.output(0);
          return (A value) -> out.emit(step.apply(value));
        },
        inputs);
  }

  /** An operator whose tasks each report the list of their elements. */
  public OperatorNode collect(String name, Port... inputs) {
    return builder.operator(name, new Collect(), List.of(inputs), List.of());
  }

  private record Collect() implements Operator<Object> {
    @Override
    public Processor<Object> open(OperatorContext context) {
      List<Object> all = new ArrayList<>();
      return new Processor<>() {
        @Override
        public void process(Object element) {
          all.add(element);
        }

        @Override
        public void finish() {
          context.result(all);
        }
      };
    }
  }

  /** The numbers or others that went to {@code node}, task by task. */
  public static <T> List<T> collected(JobResult result, Node node) {
    List<T> all = new ArrayList<>();
    result.<List<T>>of(node).forEach(all::addAll);
    return all;
  }

  /** Groups {@link KeyValue}s; the port gives {@link Gathered}. */
  public Port group(String name, int partitions, Port... inputs) {
    Port groups = groups(name, KEYS, VALUES, partitions, inputs);
    return map(name + "/Gather", (Group<Object, Object> g) -> gathered(g), groups);
  }

  /** Groups {@link KeyValue}s; the port gives {@link Group}. */
  public <K, V> Port groups(
      String name, KeyCodec<K> keys, Codec<V> values, int partitions, Port... inputs) {
    Exchange exchange = new Exchange.Grouped<>(new Selector<K, V>(), keys, values, partitions);
    return exchange(name, exchange, inputs);
  }

  public static Gathered gathered(Group<Object, Object> group) {
    return Gathered.of(group.key(), group.values());
  }

  /** Sends numbers to partitions by their remainder. */
  public Port routeByRemainder(String name, int partitions, Port... inputs) {
    return exchange(
        name,
        new Exchange.Routed<Integer>(
            (scope, n) -> number -> number % n, unchecked(VALUES), partitions),
        inputs);
  }

  public Port pin(String name, Port... inputs) {
    return exchange(name, new Exchange.Pinned<>(VALUES), inputs);
  }

  public ExchangeNode broadcast(String name, Port... inputs) {
    return builder.exchange(name, new Exchange.Broadcast<>(VALUES), List.of(inputs));
  }

  public Port exchange(String name, Exchange exchange, Port... inputs) {
    return builder.port(builder.exchange(name, exchange, List.of(inputs)), 0, VALUES);
  }

  public StagePlan plan() {
    return Planner.plan(builder.build());
  }

  @SuppressWarnings("unchecked")
  public static <T> Codec<T> unchecked(Codec<Object> codec) {
    return (Codec<T>) (Codec<?>) codec;
  }

  private record Selector<K, V>() implements Exchange.KeySelector<KeyValue, K, V> {
    @Override
    @SuppressWarnings("unchecked")
    public K key(KeyValue record) {
      return (K) record.key();
    }

    @Override
    @SuppressWarnings("unchecked")
    public V value(KeyValue record) {
      return (V) record.value();
    }
  }
}
