package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.SeededExecutor;
import dev.sluice.engine.storage.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs, beside the same programs on lists. */
class ProgramsTest {
  private static final int PROGRAMS = 60;
  private static final int MAX_STEPS = 8;
  private static final int MAX_RECORDS = 4_000;
  private static final List<StorageLevel> LEVELS = List.of(StorageLevel.values());

  @TempDir Path folder;

  /** A dataset both ways. */
  private record Both(Rdd<Long> rdd, List<Long> list, boolean ordered) {}

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void giveWhatListsGive(boolean threads) {
    for (long seed = 1; seed <= PROGRAMS; seed++) {
      Random random = new Random(seed);
      EngineOptions options =
          new EngineOptions()
              .memoryBytes(List.of(20_000, 60_000, 100_000_000).get(random.nextInt(3)))
              .jobOptions(JobOptions.DEFAULTS.withCheckMutations(random.nextBoolean()))
              .checkpointStore(new LocalStore(folder.resolve(threads + "/" + seed)));
      int workers = 1 + random.nextInt(4);
      if (threads) {
        options.workers(workers);
      } else {
        options.executor(new SeededExecutor(seed, workers));
      }
      try (RddContext context = new RddContext(options)) {
        runProgram(context, random);
        assertEquals(0, memoryLeft(context), "memory is left");
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", threads " + threads + ": " + e, e);
      }
    }
  }

  private static long memoryLeft(RddContext context) {
    return context.environment().memory().usedBytes() - context.blocks().memoryBytes();
  }

  private static void runProgram(RddContext context, Random random) {
    List<Both> made = new ArrayList<>(List.of(source(context, random), source(context, random)));
    int steps = 1 + random.nextInt(MAX_STEPS);
    for (int i = 0; i < steps; i++) {
      Both from = made.get(random.nextInt(made.size()));
      Both next = step(from, made.get(random.nextInt(made.size())), random);
      if (next.list().size() <= MAX_RECORDS) {
        made.add(next);
      }
      if (random.nextInt(3) == 0) {
        check(context, made.get(random.nextInt(made.size())), random);
      }
    }
    for (Both both : made) {
      check(context, both, random);
    }
  }

  private static Both source(RddContext context, Random random) {
    int size = random.nextInt(300);
    int partitions = 1 + random.nextInt(5);
    if (random.nextBoolean()) {
      List<Long> list = random.longs(size, -50, 50).boxed().toList();
      return new Both(context.parallelize(list, partitions), list, true);
    }
    return new Both(
        context.range(0, size, partitions), LongStream.range(0, size).boxed().toList(), true);
  }

  private static Both step(Both from, Both other, Random random) {
    Rdd<Long> rdd = from.rdd();
    List<Long> list = from.list();
    boolean ordered = from.ordered();
    int n = 1 + random.nextInt(4);
    return switch (random.nextInt(15)) {
      case 0 -> new Both(rdd.map(x -> x + n), list.stream().map(x -> x + n).toList(), ordered);
      case 1 ->
          new Both(
              rdd.filter(x -> x % n != 0), list.stream().filter(x -> x % n != 0).toList(), ordered);
      case 2 ->
          new Both(
              rdd.flatMap(x -> List.of(x, x * n)),
              list.stream().flatMap(x -> List.of(x, x * n).stream()).toList(),
              ordered);
      case 3 -> {
        List<Long> both = new ArrayList<>(list);
        both.addAll(other.list());
        yield new Both(rdd.union(other.rdd()), both, ordered && other.ordered());
      }
      case 4 -> new Both(rdd.coalesce(n), list, ordered);
      case 5 -> new Both(rdd.repartition(n), list, false);
      case 6 -> new Both(rdd.distinct(), list.stream().distinct().toList(), false);
      case 7 ->
          new Both(rdd.keyBy(x -> x % n).reduceByKey(Long::sum, n).values(), sums(list, n), false);
      case 8 ->
          new Both(
              rdd.keyBy(x -> x % n).groupByKey(n).values().map(ProgramsTest::sum),
              sums(list, n),
              false);
      case 9 ->
          new Both(
              rdd.keyBy(x -> x).sortByKey(Ordering.natural(), n).values(),
              list.stream().sorted().toList(),
              true);
      case 10 -> new Both(rdd.mapPartitions(each -> each), list, ordered);
      case 11 -> {
        rdd.unpersist().persist(LEVELS.get(random.nextInt(LEVELS.size())));
        yield from;
      }
      case 12 -> {
        // Forcing files to disk takes its time.
        if (random.nextInt(3) == 0) {
          rdd.checkpoint();
        }
        yield from;
      }
      case 13 -> new Both(rdd.map(new FailsOnce(random.nextInt(50))), list, ordered);
      default -> joined(from, other);
    };
  }

  private static Both joined(Both left, Both right) {
    List<Long> pairs = new ArrayList<>();
    for (long x : left.list()) {
      for (long y : right.list()) {
        if (Math.floorMod(x, 50) == Math.floorMod(y, 50)) {
          pairs.add(100 * x + y);
        }
      }
    }
    Rdd<Long> rdd =
        left.rdd()
            .keyBy(x -> Math.floorMod(x, 50))
            .join(right.rdd().keyBy(y -> Math.floorMod(y, 50)), 3)
            .map(pair -> 100 * pair.value().key() + pair.value().value());
    return new Both(rdd, pairs, false);
  }

  private static List<Long> sums(List<Long> list, int n) {
    return List.copyOf(
        list.stream()
            .collect(
                Collectors.groupingBy(x -> x % n, TreeMap::new, Collectors.summingLong(x -> x)))
            .values());
  }

  private static long sum(Iterable<Long> values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static void check(RddContext context, Both both, Random random) {
    Rdd<Long> rdd = both.rdd();
    if (random.nextInt(3) == 0) {
      context.blocks().drop(rdd.id(), random.nextInt(Math.max(1, rdd.partitions())));
    }
    String program = rdd.explain();
    switch (random.nextInt(3)) {
      case 0 -> assertEquals(both.list().size(), rdd.count(), program);
      case 1 -> assertEquals(sum(both.list()), rdd.fold(0L, Long::sum), program);
      default -> {
        int n = random.nextInt(20);
        List<Long> taken = rdd.take(n);
        assertEquals(Math.min(n, both.list().size()), taken.size(), program);
        if (both.ordered()) {
          assertEquals(both.list().subList(0, taken.size()), taken, program);
        }
      }
    }
    List<Long> collected = rdd.collect();
    if (both.ordered()) {
      assertEquals(both.list(), collected, program);
    } else {
      assertEquals(
          both.list().stream().sorted().toList(), collected.stream().sorted().toList(), program);
    }
  }

  /** Throws at the first record that meets a condition, and then no more. */
  private static final class FailsOnce implements Function1<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final int at;
    private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

    FailsOnce(int at) {
      this.at = at;
    }

    @Override
    public Long apply(Long x) {
      if (Math.floorMod(x, 50) == at && failed.add(at)) {
        throw new IllegalStateException("once");
      }
      return x;
    }
  }
}
