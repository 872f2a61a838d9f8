package dev.sluice.engine.plan;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KryoCodec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Builds plans that are looked at and never run. */
final class Plans {
  static final KeyCodec<Object> CODEC = KryoCodec.keys(List.of());

  private final PlanBuilder builder = new PlanBuilder();

  Port source(String name) {
    Source<Object> source = (parallelism, scope) -> List.of();
    return builder.source(name, source, CODEC);
  }

  Port operator(String name, Port... inputs) {
    return operator(name, List.of(), inputs);
  }

  Port operator(String name, List<ExchangeNode> broadcasts, Port... inputs) {
    Operator<Object> operator = context -> element -> {};
    return port(builder.operator(name, operator, List.of(inputs), broadcasts));
  }

  ExchangeNode broadcast(String name, Port... inputs) {
    return builder.exchange(name, new Exchange.Broadcast<>(CODEC), List.of(inputs));
  }

  ExchangeNode group(String name, int partitions, Port... inputs) {
    return builder.exchange(
        name, new Exchange.Grouped<>(new Itself(), CODEC, CODEC, partitions), List.of(inputs));
  }

  ExchangeNode route(String name, int partitions, Port... inputs) {
    Exchange.Router<Object> router = (scope, count) -> element -> 0;
    return builder.exchange(
        name, new Exchange.Routed<>(router, CODEC, partitions), List.of(inputs));
  }

  ExchangeNode pin(String name, Port... inputs) {
    return builder.exchange(name, new Exchange.Pinned<>(CODEC), List.of(inputs));
  }

  Port pull(String name, ExchangeNode... inputs) {
    return builder.pull(name, new FirstPartitions(), List.of(inputs), CODEC);
  }

  Port port(Node node) {
    return builder.port(node, 0, CODEC);
  }

  Plan build() {
    return builder.build();
  }

  StagePlan plan() {
    return Planner.plan(build());
  }

  /** The stage whose head has this name. */
  static Stage stage(StagePlan plan, String head) {
    return plan.stages().stream()
        .filter(stage -> stage.head().name().equals(head))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stage of " + head + ":\n" + plan.explain()));
  }

  static List<String> operators(Stage stage) {
    return stage.operators().stream().map(Node::name).toList();
  }

  static List<String> writes(Stage stage) {
    return stage.writes().stream().map(Node::name).toList();
  }

  /** Names of the heads that {@code stage} waits for. */
  static Set<String> dependsOn(StagePlan plan, Stage stage) {
    return stage.dependsOn().stream()
        .map(id -> plan.stages().get(id).head().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private record Itself() implements Exchange.KeySelector<Object, Object, Object> {
    @Override
    public Object key(Object record) {
      return record;
    }

    @Override
    public Object value(Object record) {
      return record;
    }
  }

  private record FirstPartitions() implements PullOperator<Object> {
    @Override
    public int partitions(int[] inputPartitions) {
      return inputPartitions[0];
    }

    @Override
    public void run(Inputs inputs, Output<Object> output, TaskScope scope) {
      inputs.read(0, scope.partition()).forEach(output::emit);
    }
  }
}
