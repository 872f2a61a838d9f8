package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.collect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream gives within a batch. */
class OperationsTest {
  private static final List<List<Integer>> NUMBERS =
      List.of(List.of(1, 2, 3, 4), List.of(), List.of(5, 5));

  private static <T> List<T> sorted(List<T> records) {
    List<T> copy = new ArrayList<>(records);
    copy.sort(Comparator.comparing(Object::toString));
    return copy;
  }

  private static <T> void check(DStream<T> stream, StreamBed bed, List<List<T>> expected) {
    Map<Long, List<T>> seen = collect(stream);
    bed.start();
    bed.batches(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), sorted(seen.get(i + 1L)), "batch " + (i + 1));
    }
  }

  @Test
  void mapsFiltersAndFlattens() {
    try (StreamBed bed = new StreamBed()) {
      DStream<String> stream =
          bed.input(NUMBERS)
              .filter(n -> n != 2)
              .map(n -> "n" + n)
              .flatMap(s -> List.of(s, s + "!"))
              .repartition(3);
      check(
          stream,
          bed,
          List.of(
              List.of("n1", "n1!", "n3", "n3!", "n4", "n4!"),
              List.of(),
              List.of("n5", "n5", "n5!", "n5!")));
    }
  }

  @Test
  void reducesCountsAndCountsByValue() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(NUMBERS);
      Map<Long, List<Integer>> sums = collect(in.reduce(Integer::sum));
      Map<Long, List<Long>> counts = collect(in.count());
      check(
          in.countByValue(),
          bed,
          List.of(
              List.of(Pair.of(1, 1L), Pair.of(2, 1L), Pair.of(3, 1L), Pair.of(4, 1L)),
              List.of(),
              List.of(Pair.of(5, 2L))));
      assertEquals(Map.of(1L, List.of(10), 2L, List.of(), 3L, List.of(10)), sums);
      assertEquals(Map.of(1L, List.of(4L), 2L, List.of(0L), 3L, List.of(2L)), counts);
    }
  }

  @Test
  void worksOnPartitions() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(NUMBERS);
      Map<Long, List<List<Integer>>> partitions = collect(in.glom());
      check(
          in.mapPartitions(each -> List.of(each.hasNext()).iterator()),
          bed,
          List.of(List.of(true, true), List.of(false, false), List.of(true, true)));
      assertEquals(List.of(List.of(1, 2), List.of(3, 4)), partitions.get(1L));
    }
  }

  @Test
  void unitesAndTransformsSeveralStreams() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(NUMBERS);
      DStream<Integer> other = bed.input(List.of(List.of(7)));
      Map<Long, List<Integer>> united = collect(in.union(other));
      Map<Long, List<Integer>> all = collect(bed.context.union(List.of(in, other, other)));
      Map<Long, List<Integer>> with = collect(in.transformWith(other, Rdd::union));
      check(
          bed.context.transform(
              List.of(in, other), (rdds, timeMs) -> rdds.get(1).map(n -> n + timeMs)),
          bed,
          List.of(List.of(7 + StreamBed.at(1)), List.of()));
      assertEquals(List.of(1, 2, 3, 4, 7), united.get(1L));
      assertEquals(List.of(1, 2, 3, 4, 7, 7), all.get(1L));
      assertEquals(List.of(1, 2, 3, 4, 7), with.get(1L));
    }
  }

  @Test
  void joinsADatasetThatWasMadeOutside() {
    try (StreamBed bed = new StreamBed()) {
      PairRdd<Integer, String> names =
          bed.context.rdds().parallelizePairs(List.of(Pair.of(1, "one"), Pair.of(5, "five")));
      DStream<String> stream =
          bed.input(NUMBERS)
              .keyBy(n -> n)
              .transform(rdd -> PairRdd.of(rdd).join(names).map(pair -> pair.value().value()));
      check(stream, bed, List.of(List.of("one"), List.of(), List.of("five", "five")));
    }
  }

  @Test
  void handsOutDatasetsOfPairs() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<Integer, Integer> in = bed.input(NUMBERS).keyBy(n -> n % 2);
      List<Map<Integer, Long>> largest = new CopyOnWriteArrayList<>();
      List<Map<Integer, Long>> counts = new CopyOnWriteArrayList<>();
      in.transformPairs((rdd, timeMs) -> rdd.mapValues(n -> timeMs + n))
          .transformPairs(rdd -> rdd.reduceByKey(Math::max))
          .foreachPairRDD(
              "largest", (rdd, timeMs) -> largest.add(new TreeMap<>(rdd.collectAsMap())));
      in.foreachPairRDD((rdd, timeMs) -> counts.add(new TreeMap<>(rdd.countByKey())));
      bed.start();
      bed.batches(2);
      assertEquals(
          List.of(Map.of(0, StreamBed.at(1) + 4, 1, StreamBed.at(1) + 3), Map.of()), largest);
      assertEquals(List.of(Map.of(0, 2L, 1, 2L), Map.of()), counts);
      assertEquals(
          List.of("largest@0", "foreachPairRDD@1"),
          bed.seen(StreamEvent.OutputCompleted.class).stream()
              .limit(2)
              .map(StreamEvent.OutputCompleted::name)
              .toList());
    }
  }

  @Test
  void combinesByKey() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<Boolean, Integer> pairs = bed.input(NUMBERS).keyBy(n -> n % 2 == 0);
      Map<Long, List<Pair<Boolean, Integer>>> sums = collect(pairs.reduceByKey(Integer::sum));
      Map<Long, List<Pair<Boolean, Integer>>> flat =
          collect(pairs.flatMapValues(n -> List.of(n, -n)).mapValues(Math::abs));
      Map<Long, List<Pair<Boolean, String>>> texts =
          collect(pairs.combineByKey(n -> "" + n, (c, n) -> c + n, (a, b) -> a + b));
      PairDStream<Boolean, Iterable<Integer>> groups = pairs.groupByKey();
      check(
          groups.map(group -> group.key() + ":" + group.value()),
          bed,
          List.of(List.of("false:[1, 3]", "true:[2, 4]"), List.of(), List.of("false:[5, 5]")));
      assertEquals(List.of(Pair.of(false, 4), Pair.of(true, 6)), sorted(sums.get(1L)));
      assertEquals(8, flat.get(1L).size());
      assertEquals(List.of(Pair.of(false, "13"), Pair.of(true, "24")), sorted(texts.get(1L)));
    }
  }

  @Test
  void joinsStreamsByKey() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<Integer, String> left =
          bed.input(List.of(List.of(1, 2))).mapToPair(n -> Pair.of(n, "l" + n));
      PairDStream<Integer, String> right =
          bed.input(List.of(List.of(2, 3))).mapToPair(n -> Pair.of(n, "r" + n));
      var lefts = collect(left.leftOuterJoin(right));
      var rights = collect(left.rightOuterJoin(right));
      var fulls = collect(left.fullOuterJoin(right));
      var groups = collect(left.cogroup(right));
      check(left.join(right), bed, List.of(List.of(Pair.of(2, Pair.of("l2", "r2")))));
      assertEquals(
          List.of(
              Pair.of(1, Pair.of("l1", Optional.<String>empty())),
              Pair.of(2, Pair.of("l2", Optional.of("r2")))),
          sorted(lefts.get(1L)));
      assertEquals(2, rights.get(1L).size());
      assertEquals(3, fulls.get(1L).size());
      assertEquals(3, groups.get(1L).size());
    }
  }

  @Test
  void takesOneOrAllOfAQueueAndADefaultOtherwise() {
    try (StreamBed bed = new StreamBed()) {
      Queue<Rdd<Integer>> queue = new ArrayDeque<>();
      for (int n = 0; n < 3; n++) {
        queue.add(bed.context.rdds().parallelize(List.of(n)));
      }
      Rdd<Integer> otherwise = bed.context.rdds().parallelize(List.of(-1));
      check(
          bed.context.queueStream(queue, false, otherwise),
          bed,
          List.of(List.of(0, 1, 2), List.of(-1)));
    }
  }

  @Test
  void printsTheFirstRecordsUnderTheTimeOfTheBatch() {
    try (StreamBed bed = new StreamBed()) {
      Rdd<Integer> rdd = bed.context.rdds().parallelize(List.of(1, 2, 3));
      assertEquals("-- batch 5 ms\n1\n2\n...\n", Slices.text(rdd, 5, 2));
      assertEquals("-- batch 5 ms\n1\n2\n3\n", Slices.text(rdd, 5, 3));
    }
  }

  @Test
  void writesTextFilesByBatch(@TempDir Path folder) throws Exception {
    try (StreamBed bed = new StreamBed()) {
      bed.input(NUMBERS).repartition(1).saveAsTextFiles(folder.resolve("out").toString(), "txt");
      bed.start();
      bed.batches(2);
      Path first = folder.resolve("out-" + StreamBed.at(1) + ".txt");
      assertEquals(4, Files.readAllLines(first.resolve("part-00000")).size());
      assertTrue(Files.exists(folder.resolve("out-" + StreamBed.at(2) + ".txt/_SUCCESS")));
    }
  }
}
