package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datasets without lineage, and their end. */
class MaterializeTest {
  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void computesOnceAndForgetsHow(Engine engine) {
    AtomicInteger calls = new AtomicInteger();
    try (RddContext context = engine.open()) {
      Rdd<Integer> source = context.parallelize(List.of(1, 2, 3), 2).persist();
      Held<Integer> held =
          source
              .map(
                  n -> {
                    calls.incrementAndGet();
                    return n * 10;
                  })
              .union(source)
              .materialize();
      assertEquals(3, calls.get());
      source.unpersist();
      assertEquals(List.of(10, 20, 30, 1, 2, 3), held.rdd().collect());
      assertEquals(List.of(11, 21, 31, 2, 3, 4), held.rdd().map(n -> n + 1).collect());
      assertEquals(4, held.rdd().partitions());
      assertEquals(3, calls.get());
      assertFalse(held.rdd().explain().contains("map"), held.rdd().explain());
    }
  }

  @Test
  void movesToDiskWhenMemoryIsScarceAndIsNotLost() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2).memoryBytes(1 << 16))) {
      List<String> data = IntStream.range(0, 20_000).mapToObj(i -> "record " + i).toList();
      Held<String> held = context.parallelize(data, 4).materialize();
      context.parallelize(data, 4).persist(StorageLevel.MEMORY).count();
      assertEquals(data, held.rdd().collect());
    }
  }

  @Test
  void saysWhyItIsGone() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2))) {
      Held<Integer> held = context.parallelize(List.of(1, 2)).distinct().materialize();
      Rdd<Integer> derived = held.rdd().map(n -> n);
      held.release("gone: do something");
      held.release("not said");
      assertEquals(0, context.blocks().memoryBytes());
      for (Rdd<Integer> rdd : List.of(held.rdd(), derived)) {
        assertEquals(
            "gone: do something",
            assertThrows(DatasetReleasedException.class, rdd::collect).getMessage());
      }
    }
  }

  @Test
  void saysThatBlocksWereDropped() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2))) {
      Held<Integer> held = context.parallelize(List.of(1, 2), 2).materialize();
      context.blocks().drop(held.rdd().id(), 1);
      DatasetReleasedException e =
          assertThrows(DatasetReleasedException.class, held.rdd()::collect);
      assertTrue(e.getMessage().contains("[1]"), e.getMessage());
    }
  }

  @Test
  void leavesNoBlocksWhenItFails() {
    try (RddContext context = new RddContext(new EngineOptions().workers(2))) {
      Rdd<Integer> bad =
          context
              .parallelize(List.of(1, 2), 2)
              .map(
                  n -> {
                    if (n == 2) {
                      throw new IllegalArgumentException("two");
                    }
                    return n;
                  });
      assertThrows(RddException.class, bad::materialize);
      assertEquals(0, context.blocks().memoryBytes());
    }
  }
}
