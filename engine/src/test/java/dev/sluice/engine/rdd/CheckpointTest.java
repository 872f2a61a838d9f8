package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 300).boxed().toList();

  @TempDir Path folder;

  private RddContext open(Engine engine) {
    return new RddContext(engine.options().checkpointStore(new LocalStore(folder)));
  }

  private static Rdd<Integer> counted(RddContext context, AtomicInteger calls) {
    return context
        .parallelize(NUMBERS, 3)
        .map(
            n -> {
              calls.incrementAndGet();
              return n + 1;
            });
  }

  private static List<Integer> expected() {
    return NUMBERS.stream().map(n -> n + 1).toList();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void cutsTheLineage(Engine engine) throws IOException {
    try (RddContext context = open(engine)) {
      AtomicInteger calls = new AtomicInteger();
      Rdd<Integer> rdd = counted(context, calls).checkpoint();
      Rdd<Integer> behind = rdd.map(n -> -n);
      assertFalse(rdd.isCheckpointed());
      assertEquals(300, behind.count());
      assertTrue(rdd.isCheckpointed());
      // Once for the checkpoint, and the action has read that already.
      assertEquals(300, calls.get());
      assertEquals(expected(), rdd.collect());
      assertEquals(List.of(1, 2), rdd.take(2));
      assertEquals(300, calls.get());
      assertTrue(rdd.explain().contains("read map#2/checkpoint"), rdd.explain());
      assertFalse(behind.explain().contains("parallelize"), behind.explain());
      assertEquals(List.of(), rdd.dataset().parents());
      assertEquals(
          List.of("manifest", "part-00000-a1", "part-00001-a1", "part-00002-a1"),
          new LocalStore(folder)
              .list("rdd/1/2/").stream().map(name -> name.substring("rdd/1/2/".length())).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void readsBlocksFirstThenTheCheckpoint(Engine engine) throws IOException {
    try (RddContext context = open(engine)) {
      AtomicInteger calls = new AtomicInteger();
      Rdd<Integer> rdd = counted(context, calls).persist().checkpoint();
      assertEquals(expected(), rdd.collect());
      assertEquals(300, calls.get(), "computed once for blocks and checkpoint");
      LocalStore store = new LocalStore(folder);
      // Only the blocks are left, ...
      for (String name : store.list("rdd/1/2/part-")) {
        Files.move(folder.resolve(name), folder.resolve(name + ".away"));
      }
      assertEquals(expected(), rdd.collect());
      // ... then only the checkpoint.
      for (String name : store.list("rdd/1/2/part-")) {
        Path moved = folder.resolve(name);
        Files.move(moved, Path.of(moved.toString().replace(".away", "")));
      }
      context.blocks().drop(rdd.id(), 1);
      assertEquals(expected(), rdd.collect());
      assertTrue(context.blocks().contains(rdd.id(), 1));
      rdd.unpersist();
      assertEquals(expected(), rdd.collect());
      assertEquals(300, calls.get());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void writesWhatSuccessfulAttemptsWroteOnly(Engine engine) throws IOException {
    try (RddContext context = open(engine)) {
      AtomicBoolean failed = new AtomicBoolean();
      Rdd<Integer> rdd =
          context
              .parallelize(NUMBERS, 3)
              .mapPartitions(each -> each)
              .filter(n -> n != 150 || failed.getAndSet(true) || fail())
              .checkpoint();
      assertEquals(NUMBERS, rdd.collect());
      assertEquals(4, new LocalStore(folder).list("rdd/1/3/").size());
    }
  }

  private static boolean fail() {
    throw new IllegalStateException("once");
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void leavesNothingWhenItFailsAndTriesAgain(Engine engine) throws IOException {
    try (RddContext context = open(engine)) {
      AtomicBoolean broken = new AtomicBoolean(true);
      Rdd<Integer> rdd =
          context
              .parallelize(NUMBERS, 3)
              .filter(n -> n != 250 || !broken.get() || fail())
              .checkpoint();
      RddException e = assertThrows(RddException.class, rdd::count);
      assertEquals("filter#2", e.operator());
      assertFalse(rdd.isCheckpointed());
      assertEquals(List.of("rdd/1/context"), new LocalStore(folder).list(""));
      broken.set(false);
      assertEquals(NUMBERS, rdd.collect());
      assertTrue(rdd.isCheckpointed());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void noticesDamage(Engine engine) throws IOException {
    try (RddContext context = open(engine)) {
      Rdd<Integer> rdd = counted(context, new AtomicInteger()).checkpoint();
      rdd.count();
      Path part = folder.resolve("rdd/1/2/part-00001-a1");
      byte[] bytes = Files.readAllBytes(part);
      byte[] damaged = bytes.clone();
      damaged[bytes.length / 2] ^= 1;
      Files.write(part, damaged);
      RddException e = assertThrows(RddException.class, rdd::collect);
      assertTrue(e.getMessage().contains("part-00001-a1 at byte 0: checksum"), e.getMessage());
      Files.write(part, Arrays.copyOf(bytes, 5));
      e = assertThrows(RddException.class, rdd::collect);
      assertTrue(e.getMessage().contains("inside a frame's header"), e.getMessage());
      Files.write(part, new byte[0]);
      e = assertThrows(RddException.class, rdd::collect);
      assertTrue(e.getMessage().contains("has 0 records, its manifest says 100"), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void checkpointsBeforeAndBehindExchanges(Engine engine) {
    try (RddContext context = open(engine)) {
      Rdd<Integer> numbers = context.parallelize(NUMBERS, 3).checkpoint();
      PairRdd<Integer, Iterable<Integer>> groups =
          numbers.keyBy(n -> n % 7).groupByKey(2).checkpoint();
      Rdd<Pair<Integer, Iterable<Integer>>> sorted =
          groups.sortByKey(Ordering.natural(), 2).checkpoint();
      List<Pair<Integer, Iterable<Integer>>> all = sorted.collect();
      assertTrue(numbers.isCheckpointed() && groups.isCheckpointed() && sorted.isCheckpointed());
      assertEquals(7, all.size());
      assertEquals(all, sorted.collect());
      assertEquals(2, sorted.partitions());
    }
  }

  @Test
  void twoContextsShareAStore() {
    Engine engine = new Engine("seed 1", 1);
    try (RddContext one = open(engine);
        RddContext other = open(engine)) {
      Rdd<Integer> ofOne = one.parallelize(NUMBERS, 3).checkpoint();
      Rdd<Integer> ofOther = other.parallelize(List.of(1, 2), 2).checkpoint();
      assertEquals(NUMBERS, ofOne.collect());
      assertEquals(List.of(1, 2), ofOther.collect());
      assertEquals(NUMBERS, ofOne.collect());
    }
  }

  @Test
  void needsAStore() {
    try (RddContext context = new RddContext()) {
      Rdd<Integer> rdd = context.parallelize(NUMBERS);
      var e = assertThrows(IllegalStateException.class, rdd::checkpoint);
      assertTrue(e.getMessage().contains("EngineOptions.checkpointStore"), e.getMessage());
    }
  }
}
