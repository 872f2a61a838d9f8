package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.JobOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairTransformationsTest {
  private static final List<Pair<String, Integer>> PAIRS = pairs(400, 23, 5);
  private static final List<Pair<String, Integer>> OTHERS = pairs(60, 40, 6);

  private static List<Pair<String, Integer>> pairs(int count, int keys, long seed) {
    Random random = new Random(seed);
    List<Pair<String, Integer>> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(Pair.of("k" + random.nextInt(keys), i));
    }
    return pairs;
  }

  private static Map<String, List<Integer>> grouped(List<Pair<String, Integer>> pairs) {
    return pairs.stream()
        .collect(
            Collectors.groupingBy(Pair::key, Collectors.mapping(Pair::value, Collectors.toList())));
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void groupsValuesInOrder(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Iterable<Integer>> groups = context.parallelizePairs(PAIRS, 6).groupByKey(4);
      assertEquals(grouped(PAIRS), groups.collectAsMap());
      assertEquals(4, groups.partitions());
      Map<String, Integer> sizes = new HashMap<>();
      grouped(PAIRS).forEach((key, values) -> sizes.put(key, values.size()));
      assertEquals(sizes, groups.mapValues(values -> ((List<?>) values).size()).collectAsMap());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void reducesAndCombinesByKeyInOrder(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> pairs = context.parallelizePairs(PAIRS, 6);
      Map<String, Integer> sums = new HashMap<>();
      PAIRS.forEach(pair -> sums.merge(pair.key(), pair.value(), Integer::sum));
      assertEquals(sums, pairs.reduceByKey(Integer::sum).collectAsMap());
      assertEquals(sums, pairs.reduceByKey(Integer::sum, 1).collectAsMap());
      // Lists that are changed in place, whose order shows that of the values.
      PairRdd<String, ArrayList<Integer>> lists =
          pairs.combineByKey(
              value -> new ArrayList<>(List.of(value)),
              (list, value) -> {
                list.add(value);
                return list;
              },
              (list, more) -> {
                list.addAll(more);
                return list;
              },
              3);
      assertEquals(grouped(PAIRS), lists.collectAsMap());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void sendsCombinedPairsWhenTheMapIsFull(Engine engine) {
    // Without the check for changed elements, which would take long here.
    EngineOptions options = engine.options().jobOptions(JobOptions.DEFAULTS);
    try (RddContext context = new RddContext(options)) {
      int keys = 150_000;
      Rdd<Long> numbers = context.range(0, 2L * keys, 2);
      assertEquals(
          keys,
          numbers
              .mapToPair(n -> Pair.of(n % keys, n))
              .reduceByKey(Long::sum)
              .filter(pair -> pair.value() == 2 * pair.key() + keys)
              .count());
      // Few keys, many values.
      assertEquals(
          Map.of("all", 600_000L),
          context
              .range(0, 600_000, 1)
              .mapToPair(n -> Pair.of("all", 1L))
              .reduceByKey(Long::sum)
              .collectAsMap());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void mapsValuesKeysAndPairs(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> pairs = context.parallelizePairs(PAIRS, 3);
      assertEquals(PAIRS.stream().map(Pair::key).toList(), pairs.keys().collect());
      assertEquals(PAIRS.stream().map(Pair::value).toList(), pairs.values().collect());
      assertEquals(
          PAIRS.stream().map(p -> Pair.of(p.key(), -p.value())).toList(),
          pairs.mapValues(v -> -v).collect());
      assertEquals(
          PAIRS.stream()
              .flatMap(p -> List.of(Pair.of(p.key(), 1), Pair.of(p.key(), 2)).stream())
              .toList(),
          pairs.flatMapValues(v -> List.of(1, 2)).collect());
      assertEquals(
          PAIRS.stream().map(p -> Pair.of(p.key().length(), p)).toList(),
          pairs.keyBy(p -> p.key().length()).collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void joinsAllWays(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> left = context.parallelizePairs(PAIRS, 3);
      PairRdd<String, Integer> right = context.parallelizePairs(OTHERS, 2);
      Map<String, List<Integer>> ls = grouped(PAIRS);
      Map<String, List<Integer>> rs = grouped(OTHERS);
      List<String> inner = new ArrayList<>();
      List<String> leftOuter = new ArrayList<>();
      List<String> rightOuter = new ArrayList<>();
      List<String> fullOuter = new ArrayList<>();
      ls.forEach(
          (k, vs) ->
              vs.forEach(
                  v -> {
                    rs.getOrDefault(k, List.of())
                        .forEach(
                            w -> {
                              inner.add(k + " " + v + " " + w);
                              leftOuter.add(k + " " + v + " " + Optional.of(w));
                              rightOuter.add(k + " " + Optional.of(v) + " " + w);
                              fullOuter.add(k + " " + Optional.of(v) + " " + Optional.of(w));
                            });
                    if (!rs.containsKey(k)) {
                      leftOuter.add(k + " " + v + " " + Optional.empty());
                      fullOuter.add(k + " " + Optional.of(v) + " " + Optional.empty());
                    }
                  }));
      rs.forEach(
          (k, ws) ->
              ws.forEach(
                  w -> {
                    if (!ls.containsKey(k)) {
                      rightOuter.add(k + " " + Optional.empty() + " " + w);
                      fullOuter.add(k + " " + Optional.empty() + " " + Optional.of(w));
                    }
                  }));
      assertEquals(sorted(inner), joined(left.join(right)));
      assertEquals(sorted(leftOuter), joined(left.leftOuterJoin(right)));
      assertEquals(sorted(rightOuter), joined(left.rightOuterJoin(right)));
      assertEquals(sorted(fullOuter), joined(left.fullOuterJoin(right)));
      assertEquals(
          ls.values().stream().mapToLong(vs -> (long) vs.size() * vs.size()).sum(),
          left.join(left).count());
    }
  }

  private static <A, B> List<String> joined(Rdd<Pair<String, Pair<A, B>>> rdd) {
    return sorted(
        rdd.map(p -> p.key() + " " + p.value().key() + " " + p.value().value()).collect());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void cogroupsBothSides(Engine engine) {
    try (RddContext context = engine.open()) {
      Map<String, Pair<Iterable<Integer>, Iterable<Integer>>> groups =
          context
              .parallelizePairs(PAIRS, 3)
              .cogroup(context.parallelizePairs(OTHERS, 2), 2)
              .collectAsMap();
      Map<String, List<Integer>> ls = grouped(PAIRS);
      Map<String, List<Integer>> rs = grouped(OTHERS);
      Map<String, Pair<List<Integer>, List<Integer>>> expected = new HashMap<>();
      ls.forEach((k, vs) -> expected.put(k, Pair.of(vs, rs.getOrDefault(k, List.of()))));
      rs.forEach((k, ws) -> expected.put(k, Pair.of(ls.getOrDefault(k, List.of()), ws)));
      assertEquals(expected, groups);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void sortsOverPartitionsAndKeepsEqualKeysInOrder(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> pairs = context.parallelizePairs(PAIRS, 5);
      assertEquals(
          PAIRS.stream().sorted(Comparator.comparing(Pair::key)).toList(),
          pairs.sortByKey().collect());
      PairRdd<String, Integer> backwards =
          pairs.sortByKey(Ordering.<String>natural().reversed(), 4);
      assertEquals(
          PAIRS.stream()
              .sorted(Comparator.comparing((Pair<String, Integer> p) -> p.key()).reversed())
              .toList(),
          backwards.collect());
      List<Integer> sizes = backwards.glom().map(List::size).collect();
      assertEquals(4, sizes.size());
      sizes.forEach(size -> assertTrue(size > 20 && size < 250, "sizes " + sizes));
      assertEquals(List.of(), pairs.filter(p -> false).sortByKey().collect());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void sortsNumbersIntoEvenPartitions(Engine engine) {
    try (RddContext context = engine.open()) {
      Random random = new Random(3);
      List<Long> numbers = random.longs(20_000).boxed().toList();
      PairRdd<Long, Long> sorted =
          context.parallelize(numbers, 4).keyBy(n -> n).sortByKey(Ordering.natural(), 5);
      assertEquals(numbers.stream().sorted().toList(), sorted.keys().collect());
      List<Integer> sizes = sorted.glom().map(List::size).collect();
      sizes.forEach(size -> assertTrue(size > 2000 && size < 6000, "sizes " + sizes));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void partitionsByHashAndByRange(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> pairs = context.parallelizePairs(PAIRS, 5);
      Partitioner<Object> hash = Partitioner.hash(4);
      List<List<Pair<String, Integer>>> byHash = pairs.partitionBy(hash).glom().collect();
      for (int p = 0; p < 4; p++) {
        int own = p;
        assertEquals(
            PAIRS.stream().filter(pair -> hash.partition(pair.key()) == own).toList(),
            byHash.get(p));
      }
      Partitioner<String> range = pairs.rangePartitioner(Ordering.natural(), 3);
      assertEquals(3, range.partitions());
      List<List<Pair<String, Integer>>> byRange = pairs.partitionBy(range).glom().collect();
      assertEquals(PAIRS.size(), byRange.stream().mapToInt(List::size).sum());
      assertTrue(max(byRange.get(0)).compareTo(min(byRange.get(1))) < 0);
      assertTrue(max(byRange.get(1)).compareTo(min(byRange.get(2))) < 0);
      assertThrows(IllegalArgumentException.class, () -> Partitioner.hash(0));
      assertThrows(
          IllegalArgumentException.class,
          () -> Partitioner.range(List.of(2, 1), Ordering.<Integer>natural()));
    }
  }

  private static String min(List<Pair<String, Integer>> pairs) {
    return pairs.stream().map(Pair::key).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static String max(List<Pair<String, Integer>> pairs) {
    return pairs.stream().map(Pair::key).max(Comparator.naturalOrder()).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void looksUpCountsAndCollectsByKey(Engine engine) {
    try (RddContext context = engine.open()) {
      PairRdd<String, Integer> pairs = context.parallelizePairs(PAIRS, 5);
      assertEquals(grouped(PAIRS).get("k7"), pairs.lookup("k7"));
      assertEquals(List.of(), pairs.lookup("none"));
      Map<String, Long> counts = new HashMap<>();
      PAIRS.forEach(pair -> counts.merge(pair.key(), 1L, Long::sum));
      assertEquals(counts, pairs.countByKey());
      Map<String, Integer> last = new HashMap<>();
      PAIRS.forEach(pair -> last.put(pair.key(), pair.value()));
      assertEquals(last, pairs.collectAsMap());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void looksUpInOnePartitionAfterPartitionBy(Engine engine) {
    try (RddContext context = engine.open()) {
      AtomicInteger seen = new AtomicInteger();
      PairRdd<String, Integer> spread =
          context
              .parallelizePairs(PAIRS, 5)
              .partitionBy(Partitioner.hash(4))
              .mapValues(
                  value -> {
                    seen.incrementAndGet();
                    return value;
                  });
      assertEquals(grouped(PAIRS).get("k7"), spread.lookup("k7"));
      assertTrue(seen.get() < PAIRS.size() / 2, "evaluated " + seen + " of " + PAIRS.size());
    }
  }
}
