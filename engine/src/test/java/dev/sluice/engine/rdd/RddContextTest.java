package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.SeededExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RddContextTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @TempDir Path folder;

  @Test
  void reportsAllProblemsOfItsOptionsTogether() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    EngineOptions options =
        new EngineOptions()
            .workers(0)
            .executor(new SeededExecutor(1, 1))
            .memoryFraction(1.5)
            .memoryBytes(0)
            .tempFolder(file)
            .register(List.class)
            .codec(KryoCodec.values(List.of()), KryoCodec.keys(List.of()));
    var e = assertThrows(IllegalArgumentException.class, () -> new RddContext(options));
    for (String problem :
        List.of(
            "workers is 0",
            "workers and executor",
            "memoryFraction is 1.5",
            "memoryBytes is 0",
            "memoryFraction and memoryBytes",
            file + " is no folder",
            "registered with Kryo")) {
      assertTrue(e.getMessage().contains(problem), problem + " in " + e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void saysThatItIsClosed(Engine engine) {
    RddContext context = engine.open();
    PairRdd<Integer, Integer> rdd = context.parallelize(NUMBERS).keyBy(n -> n);
    rdd.persist().count();
    context.close();
    context.close();
    List<Executable> uses =
        List.of(
            rdd::count,
            () -> rdd.take(1),
            () -> rdd.lookup(1),
            rdd::explain,
            rdd::partitions,
            rdd::unpersist,
            () -> rdd.persist(StorageLevel.DISK),
            () -> rdd.filter(p -> true),
            rdd::sortByKey,
            () -> rdd.saveAsText(folder.resolve("out")),
            () -> context.parallelize(NUMBERS));
    for (var use : uses) {
      var e = assertThrows(IllegalStateException.class, use);
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
    }
    assertEquals(0, context.environment().memory().usedBytes());
  }

  @Test
  void deletesItsTemporaryFiles() throws IOException {
    try (RddContext context = new RddContext(new EngineOptions().tempFolder(folder))) {
      context.parallelize(NUMBERS).persist(StorageLevel.DISK).count();
      assertEquals(1, children().size());
    }
    assertEquals(List.of(), children());
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void livesBesideAnother(Engine engine) {
    try (RddContext other = engine.open()) {
      Rdd<Integer> ofOther = other.parallelize(List.of(1, 2, 3)).persist();
      try (RddContext one = engine.open()) {
        Rdd<Integer> ofOne = one.parallelize(NUMBERS).persist();
        assertEquals(ofOne.id(), ofOther.id());
        assertEquals(100, ofOne.count());
        assertEquals(3, ofOther.count());
        assertEquals(NUMBERS, ofOne.collect());
        var e = assertThrows(IllegalArgumentException.class, () -> ofOne.union(ofOther));
        assertTrue(e.getMessage().contains("belongs to another RddContext"), e.getMessage());
        PairRdd<Integer, Integer> pairs = ofOne.keyBy(n -> n);
        PairRdd<Integer, Integer> foreign = ofOther.keyBy(n -> n);
        assertThrows(IllegalArgumentException.class, () -> pairs.join(foreign));
        assertThrows(IllegalArgumentException.class, () -> pairs.cogroup(foreign));
        assertThrows(
            IllegalArgumentException.class, () -> ofOne.zipPartitions(ofOther, (a, b) -> a));
      }
      assertEquals(3, ofOther.count());
    }
  }

  @Test
  void runsActionsOfManyThreadsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    EngineOptions options = new EngineOptions().workers(3).memoryBytes(50_000);
    try (RddContext context = new RddContext(options)) {
      Rdd<Long> kept = context.range(0, 2_000, 5).map(n -> n + 1).persist();
      PairRdd<Long, Iterable<Long>> groups =
          kept.keyBy(n -> n % 50).groupByKey().persist(StorageLevel.MEMORY_AND_DISK);
      PairRdd<Long, Long> sorted = kept.keyBy(n -> -n).sortByKey();
      List<Future<?>> actions = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int kind = i % 4;
        int lost = i % 5;
        actions.add(
            threads.submit(
                () -> {
                  context.blocks().drop(kept.id(), lost);
                  switch (kind) {
                    case 0 -> assertEquals(2_001_000L, kept.reduce(Long::sum));
                    case 1 -> assertEquals(50, groups.count());
                    case 2 -> assertEquals(List.of(2000L, 1999L), sorted.values().take(2));
                    default -> assertEquals(2_000, kept.repartition(3).count());
                  }
                }));
      }
      for (Future<?> action : actions) {
        action.get();
      }
      kept.unpersist();
      groups.unpersist();
      assertEquals(0, context.environment().memory().usedBytes());
      assertEquals(0, context.environment().files().usedBytes());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void cancelsRunningActionsWhenItIsClosed() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      RddContext context = new RddContext(new EngineOptions().workers(2));
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Rdd<Integer> hangs =
          context
              .parallelize(NUMBERS, 20)
              .map(
                  n -> {
                    running.countDown();
                    never.await();
                    return n;
                  });
      Future<?> action = threads.submit(hangs::collect);
      running.await();
      context.close();
      var e = assertThrows(ExecutionException.class, action::get);
      assertInstanceOf(RddException.class, e.getCause());
      assertInstanceOf(JobCancelledException.class, e.getCause().getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void stopsWhenTheCallerIsInterrupted() throws Exception {
    try (RddContext context = new RddContext(new EngineOptions().workers(1))) {
      Thread caller = Thread.currentThread();
      CountDownLatch never = new CountDownLatch(1);
      Rdd<Integer> hangs =
          context
              .parallelize(NUMBERS, 2)
              .map(
                  n -> {
                    caller.interrupt();
                    never.await();
                    return n;
                  });
      RddException e = assertThrows(RddException.class, hangs::collect);
      assertInstanceOf(InterruptedException.class, e.getCause());
      assertTrue(Thread.interrupted());
      assertEquals(100, context.parallelize(NUMBERS).count());
    }
  }

  @Test
  void tellsListeners() {
    List<EngineEvent> events = new ArrayList<>();
    EngineOptions options =
        new EngineOptions().executor(new SeededExecutor(1, 2)).listener(events::add);
    try (RddContext context = new RddContext(options)) {
      context.parallelize(NUMBERS).keyBy(n -> n).groupByKey().count();
    }
    assertEquals(2, events.stream().filter(e -> e instanceof EngineEvent.StageCompleted).count());
  }

  /** Keys that are arrays: equal by their bytes, not by {@code equals}. */
  private record ArrayKeys() implements KeyCodec<Object> {
    private static final Codec<Object> KRYO = KryoCodec.values(List.of());

    @Override
    public void encode(Object key, OutputStream out) throws IOException {
      KRYO.encode(key, out);
    }

    @Override
    public Object decode(InputStream in) throws IOException {
      return KRYO.decode(in);
    }

    @Override
    public boolean consistentWithEquals(Object key) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void takesCodecsWhoseKeysAreTheirBytes(Engine engine) {
    EngineOptions options =
        engine
            .options()
            .codec(KryoCodec.values(List.of(Pair.class, Grouping.Tagged.class)), new ArrayKeys());
    try (RddContext context = new RddContext(options)) {
      PairRdd<byte[], Integer> pairs =
          context.parallelize(NUMBERS, 4).keyBy(n -> new byte[] {(byte) (n % 3)});
      assertEquals(
          Map.of("[0]", 1683, "[1]", 1617, "[2]", 1650),
          pairs
              .reduceByKey(Integer::sum)
              .mapToPair(pair -> Pair.of(Arrays.toString(pair.key()), pair.value()))
              .collectAsMap());
      assertEquals(33, pairs.lookup(new byte[] {1}).size());
      PairRdd<byte[], Integer> spread = pairs.partitionBy(Partitioner.hash(4));
      assertEquals(33, spread.lookup(new byte[] {1}).size());
      assertEquals(3, pairs.keys().distinct().count());
      assertEquals(34 * 34 + 2 * 33 * 33, pairs.join(pairs).count());
    }
  }
}
