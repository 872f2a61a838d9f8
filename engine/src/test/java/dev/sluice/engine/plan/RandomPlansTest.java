package dev.sluice.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The invariants of stage plans, for plans of all shapes. */
class RandomPlansTest {
  private static final int SEEDS = 400;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Draws a plan; each node reads some that were drawn before. */
  private static Plan draw(Random random) {
    Plans plans = new Plans();
    List<Port> ports = new ArrayList<>(List.of(plans.source("node 0")));
    List<ExchangeNode> exchanges = new ArrayList<>();
    List<ExchangeNode> broadcasts = new ArrayList<>();
    int nodes = 2 + random.nextInt(25);
    for (int i = 1; i < nodes; i++) {
      String name = "node " + i;
      Port[] inputs = some(ports, 1 + random.nextInt(3), random).toArray(Port[]::new);
      switch (random.nextInt(8)) {
        case 0 -> ports.add(plans.source(name));
        case 1 -> broadcasts.add(plans.broadcast(name, inputs));
        case 2 -> exchanges.add(plans.group(name, 2, inputs));
        case 3 -> exchanges.add(plans.pin(name, inputs));
        case 4 -> {
          if (!exchanges.isEmpty()) {
            ports.add(plans.pull(name, some(exchanges, 2, random).toArray(ExchangeNode[]::new)));
          }
        }
        default ->
            ports.add(plans.operator(name, some(broadcasts, random.nextInt(3), random), inputs));
      }
      if (!exchanges.isEmpty() && random.nextBoolean()) {
        ports.add(plans.port(exchanges.get(random.nextInt(exchanges.size()))));
      }
    }
    return plans.build();
  }

  private static <T> List<T> some(List<T> all, int count, Random random) {
    Set<T> some = new LinkedHashSet<>();
    for (int i = 0; i < count && !all.isEmpty(); i++) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return List.copyOf(some);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void haveNoCycleAndEveryEdgeInAllStagesOfItsProducer(long seed) {
    Plan plan = draw(new Random(seed));
    StagePlan stages = Planner.plan(plan);
    assertOneStageAHead(stages);
    stages.stages().forEach(stage -> assertWaits(stages, stage));
    for (Node node : plan.nodes()) {
      if (node instanceof OperatorNode operator) {
        operator.inputs().forEach(input -> assertConnected(stages, input, operator));
      } else if (node instanceof ExchangeNode exchange) {
        exchange.inputs().forEach(input -> assertConnected(stages, input, exchange));
      }
    }
    assertEquals(stages.stages().isEmpty(), stages.explain().isEmpty());
  }

  private static void assertOneStageAHead(StagePlan stages) {
    Set<Node> heads = new HashSet<>();
    for (int id = 0; id < stages.stages().size(); id++) {
      assertEquals(id, stages.stages().get(id).id());
      assertTrue(heads.add(stages.stages().get(id).head()), "two stages of one head");
    }
  }

  /** Whoever writes what {@code stage} reads is among those that it waits for, and comes first. */
  private static void assertWaits(StagePlan stages, Stage stage) {
    for (int before : stage.dependsOn()) {
      assertTrue(before < stage.id(), "stage " + stage.id() + " waits for " + before);
    }
    for (ExchangeNode read : stage.reads()) {
      for (Stage writer : stages.stages()) {
        if (writer.writes().contains(read)) {
          assertTrue(
              stage.dependsOn().contains(writer.id()),
              () -> "stage " + stage.id() + " does not wait for " + writer.id());
        }
      }
    }
  }

  private static boolean holds(Stage stage, Node node) {
    return stage.head() == node
        || (node instanceof OperatorNode o && stage.operators().contains(o));
  }

  /** Wherever {@code from} is, its records go to {@code to}, by way of a pin at most. */
  private static void assertConnected(StagePlan stages, Port from, Node to) {
    List<Stage> producers =
        stages.stages().stream().filter(stage -> holds(stage, from.node())).toList();
    assertFalse(producers.isEmpty(), from.node().name() + " is in no stage");
    for (Stage producer : producers) {
      List<Node> direct = targets(producer, from).stream().filter(to::equals).toList();
      List<Node> pins =
          targets(producer, from).stream()
              .filter(target -> target != to && feeds(stages, target, to))
              .toList();
      assertEquals(1, direct.size() + pins.size(), () -> from.node().name() + " to " + to.name());
      for (Node pin : pins) {
        assertTrue(producer.writes().contains(pin));
        assertConnected(stages, new Port(pin, 0, from.codec()), to);
      }
      assertTrue(
          !direct.contains(to) || holds(producer, to) || producer.writes().contains(to),
          () -> to.name() + " is missing");
    }
  }

  /** Whether {@code cut} is an exchange that the planner has put before {@code to}. */
  private static boolean feeds(StagePlan stages, Node cut, Node to) {
    return cut.name().equals(to.name() + "/PinnedInput")
        && stages.stages().stream()
            .anyMatch(stage -> stage.head() == cut && stage.operators().contains(to));
  }

  private static List<Node> targets(Stage stage, Port from) {
    return stage.edges().stream()
        .filter(edge -> edge.from().node() == from.node())
        .map(Edge::to)
        .toList();
  }
}
