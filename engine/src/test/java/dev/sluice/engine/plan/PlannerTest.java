package dev.sluice.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a plan is cut into stages. */
class PlannerTest {
  private final Plans plans = new Plans();

  private static List<String> heads(StagePlan plan) {
    return plan.stages().stream().map(stage -> stage.head().name()).toList();
  }

  @Test
  void fusesAChainIntoOneStage() {
    Port c = plans.operator("c", plans.operator("b", plans.operator("a", plans.source("s"))));
    StagePlan plan = plans.plan();
    assertEquals(List.of("s"), heads(plan));
    Stage stage = plan.stages().get(0);
    assertEquals(List.of("a", "b", "c"), Plans.operators(stage));
    assertEquals(3, stage.edges().size());
    assertSame(c.node(), stage.operators().get(2));
    assertEquals("s … c", stage.name());
  }

  @Test
  void putsAnOperatorBehindAUnionIntoTheStagesOfBothHeads() {
    Port union = plans.operator("u", plans.operator("a", plans.source("s")), plans.source("t"));
    plans.operator("v", union);
    StagePlan plan = plans.plan();
    assertEquals(List.of("s", "t"), heads(plan));
    assertEquals(List.of("a", "u", "v"), Plans.operators(Plans.stage(plan, "s")));
    assertEquals(List.of("u", "v"), Plans.operators(Plans.stage(plan, "t")));
    assertEquals(List.of(), Plans.stage(plan, "s").dependsOn());
    assertEquals(List.of(), Plans.stage(plan, "t").dependsOn());
  }

  @Test
  void cutsAtEveryKindOfExchange() {
    Port source = plans.source("s");
    plans.operator("g", plans.port(plans.group("group", 2, source)));
    plans.operator("r", plans.port(plans.route("route", 2, source)));
    plans.operator("p", plans.port(plans.pin("pin", source)));
    ExchangeNode pulled = plans.route("pulled", 2, source);
    plans.operator("q", plans.pull("pull", pulled));
    StagePlan plan = plans.plan();
    assertEquals(List.of("s", "group", "route", "pin", "pull"), heads(plan));
    Stage first = plan.stages().get(0);
    assertEquals(List.of(), Plans.operators(first));
    assertEquals(List.of("group", "route", "pin", "pulled"), Plans.writes(first));
    for (String head : List.of("group", "route", "pin", "pull")) {
      assertEquals(Set.of("s"), Plans.dependsOn(plan, Plans.stage(plan, head)), head);
    }
    assertEquals(List.of(pulled), Plans.stage(plan, "pull").reads());
  }

  @Test
  void waitsForAllWritersOfAnExchange() {
    ExchangeNode group = plans.group("group", 2, plans.source("s"), plans.source("t"));
    plans.operator("g", plans.port(group));
    StagePlan plan = plans.plan();
    assertEquals(Set.of("s", "t"), Plans.dependsOn(plan, Plans.stage(plan, "group")));
    assertEquals(List.of("group"), Plans.writes(Plans.stage(plan, "s")));
    assertEquals(List.of("group"), Plans.writes(Plans.stage(plan, "t")));
  }

  @Test
  void makesNoStageOfAHeadThatFeedsNobody() {
    plans.group("group", 2, plans.source("s"));
    plans.source("lonely");
    assertEquals(List.of("s"), heads(plans.plan()));
  }

  @Test
  void letsTheStageOfABroadcastsReaderWait() {
    Port main = plans.source("main");
    ExchangeNode view = plans.broadcast("view", plans.operator("make", plans.source("side")));
    plans.operator("read", List.of(view), plans.operator("before", main));
    StagePlan plan = plans.plan();
    Stage reader = Plans.stage(plan, "main");
    assertEquals(List.of("before", "read"), Plans.operators(reader));
    assertEquals(Set.of("side"), Plans.dependsOn(plan, reader));
    assertEquals(List.of(view), reader.reads());
    assertEquals(List.of("side", "main"), heads(plan));
  }

  @Test
  void pinsTheInputOfAReaderWhoseBroadcastComesFromTheSameHead() {
    Port source = plans.source("s");
    ExchangeNode view = plans.broadcast("view", plans.operator("make", source));
    Port read = plans.operator("read", List.of(view), plans.operator("before", source));
    StagePlan plan = plans.plan();
    assertEquals(List.of("s", "read/PinnedInput"), heads(plan));
    assertEquals(List.of("make", "before"), Plans.operators(plan.stages().get(0)));
    assertEquals(List.of("view", "read/PinnedInput"), Plans.writes(plan.stages().get(0)));
    Stage reader = plan.stages().get(1);
    ExchangeNode pinned = assertInstanceOf(ExchangeNode.class, reader.head());
    assertInstanceOf(Exchange.Pinned.class, pinned.exchange());
    assertEquals(List.of(read.node()), reader.operators());
    assertEquals(Set.of("s"), Plans.dependsOn(plan, reader));
  }

  @Test
  void pinsEachInputOfAUnion() {
    Port s = plans.source("s");
    Port t = plans.source("t");
    ExchangeNode view = plans.broadcast("view", s);
    plans.operator("read", List.of(view), s, t);
    StagePlan plan = plans.plan();
    assertEquals(
        List.of("s", "t", "read/PinnedInput", "read/PinnedInput"),
        heads(plan).stream().sorted((a, b) -> Integer.compare(a.length(), b.length())).toList());
    assertEquals(2, plan.stages().stream().filter(stage -> !stage.operators().isEmpty()).count());
  }

  @Test
  void pinsWhenTheBroadcastDependsOnTheHeadAtSomeRemove() {
    Port s = plans.source("s");
    ExchangeNode viewOfS = plans.broadcast("view of s", s);
    ExchangeNode viewOfT =
        plans.broadcast("view of t", plans.operator("t1", List.of(viewOfS), plans.source("t")));
    plans.operator("read", List.of(viewOfT), s);
    StagePlan plan = plans.plan();
    assertEquals(List.of("s", "t", "read/PinnedInput"), heads(plan));
    assertEquals(Set.of("s", "t"), Plans.dependsOn(plan, plan.stages().get(2)));
  }

  @Test
  void givesCrossedBroadcastsNoCycle() {
    Port a = plans.source("a");
    Port b = plans.source("b");
    ExchangeNode viewOfA = plans.broadcast("view of a", a);
    ExchangeNode viewOfB = plans.broadcast("view of b", b);
    plans.operator("a with b", List.of(viewOfB), a);
    plans.operator("b with a", List.of(viewOfA), b);
    StagePlan plan = plans.plan();
    // The first reader makes a wait for b; the second must not make b wait for a.
    assertEquals(List.of("b", "a", "b with a/PinnedInput"), heads(plan));
    assertEquals(Set.of("b"), Plans.dependsOn(plan, Plans.stage(plan, "a")));
    assertEquals(Set.of(), Plans.dependsOn(plan, Plans.stage(plan, "b")));
    assertEquals(
        Set.of("a", "b"), Plans.dependsOn(plan, Plans.stage(plan, "b with a/PinnedInput")));
  }

  @Test
  void numbersThePinnedInputsBehindThePlansOwnNodes() {
    Port s = plans.source("s");
    plans.operator("read", List.of(plans.broadcast("view", s)), s);
    Plan plan = plans.build();
    assertEquals(plan.nodes().size(), Planner.plan(plan).stages().get(1).head().id());
  }
}
