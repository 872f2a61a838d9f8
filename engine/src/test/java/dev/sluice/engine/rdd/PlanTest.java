package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.SeededExecutor;
import dev.sluice.engine.plan.StagePlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final RddContext context =
      new RddContext(new EngineOptions().executor(new SeededExecutor(1, 2)));

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void explainsStages() {
    PairRdd<String, Integer> counts =
        context
            .parallelize(List.of("a b", "b"), 2)
            .flatMap(line -> List.of(line.split(" ")))
            .mapToPair(word -> Pair.of(word, 1))
            .reduceByKey(Integer::sum);
    assertEquals(
        """
        Stage 0
          read parallelize#1
          | flatMap#2
          | mapToPair#3
          | reduceByKey#4/combine
          => group reduceByKey#4 into 2
        Stage 1 after 0
          take reduceByKey#4
          | reduceByKey#4/merge
          | collect
        """,
        counts.explain());
  }

  @Test
  void computesASharedParentOnce() {
    PairRdd<Integer, Integer> pairs = context.parallelize(List.of(1, 2), 2).keyBy(n -> n);
    String text = pairs.join(pairs).explain();
    assertEquals(1, text.split("read parallelize#1", -1).length - 1, text);
  }

  @Test
  void explainsWhereThingsComeFrom() {
    Rdd<Integer> numbers = context.parallelize(List.of(1, 2), 2).persist();
    numbers.count();
    context.blocks().drop(numbers.id(), 0);
    String text = numbers.explain();
    assertTrue(text.contains("read parallelize#1/blocks"), text);
    assertTrue(text.contains("read parallelize#1\n  | parallelize#1/keep"), text);
    numbers.unpersist();
    assertFalse(numbers.explain().contains("blocks"));
    // A sort is shown without the job that samples keys.
    assertTrue(numbers.keyBy(n -> n).sortByKey().explain().contains("pull sortByKey#3"));
  }

  @Test
  void canSendEveryPlanToAnotherProcess() throws Exception {
    Rdd<Integer> numbers = context.parallelize(List.of(1, 2, 3), 2);
    PairRdd<Integer, Integer> pairs = numbers.keyBy(n -> n % 2);
    Rdd<Integer> kept = numbers.map(n -> n + 1).persist();
    kept.take(1);
    List<Rdd<?>> rdds =
        List.of(
            numbers.filter(n -> n > 0).flatMap(List::of).sample(true, 1, 1).distinct(),
            pairs.groupByKey().mapValues(v -> 1).flatMapValues(List::of),
            pairs.fullOuterJoin(pairs).values(),
            pairs.reduceByKey(Integer::sum).sortByKey(),
            pairs.partitionBy(Partitioner.hash(2)).keys(),
            numbers.union(numbers).coalesce(3).glom().repartition(2),
            numbers.zipPartitions(numbers, (a, b) -> a).mapPartitions(a -> a),
            context.range(0, 10).union(context.range(10, 20)),
            kept);
    for (Rdd<?> rdd : rdds) {
      StagePlan plan = Actions.collecting().stages(rdd.dataset(), JobPlan.Purpose.RUN_UNTIL_ENOUGH);
      assertEquals(plan.explain(), ((StagePlan) copy(plan)).explain());
    }
  }

  private static Object copy(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
