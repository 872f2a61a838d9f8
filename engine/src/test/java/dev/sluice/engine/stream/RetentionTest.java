package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.DatasetReleasedException;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.StorageLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** For how long datasets of each kind are there. */
class RetentionTest {
  private static List<List<Integer>> numbers(int batches) {
    return IntStream.rangeClosed(1, batches).mapToObj(List::of).toList();
  }

  /** Datasets that a stream still has after {@code batches}. */
  private static <T> int left(StreamBed bed, DStream<T> stream, int batches) {
    bed.start();
    bed.batches(batches);
    return stream.node().size();
  }

  @Test
  void isASlideIfNothingElseIsSaid() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(5));
      DStream<Integer> mapped = in.map(n -> n);
      collect(mapped);
      assertEquals(1, left(bed, mapped, 5));
      assertEquals(1, in.node().size());
      assertEquals(List.of(5), mapped.slice(at(5), at(5)).get(0).collect());
    }
  }

  @Test
  void isAsLongAsRemembered() {
    try (StreamBed bed = new StreamBed()) {
      bed.context.remember(seconds(3));
      DStream<Integer> in = bed.input(numbers(6)).remember(seconds(4));
      DStream<Integer> mapped = in.map(n -> n);
      collect(mapped);
      assertEquals(3, left(bed, mapped, 6));
      assertEquals(4, in.node().size());
      List<Integer> records = new ArrayList<>();
      mapped.slice(at(4), at(6)).forEach(rdd -> records.addAll(rdd.collect()));
      assertEquals(List.of(4, 5, 6), records);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> mapped.slice(at(3), at(6)));
      assertTrue(e.getMessage().contains("batch " + at(3) + " ms"), e.getMessage());
    }
  }

  @Test
  void ofAParentCoversTheWindow() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(9));
      DStream<Integer> parent = in.map(n -> n);
      Map<Long, List<Integer>> seen = collect(parent.window(seconds(4), seconds(2)));
      assertEquals(5, left(bed, parent, 9));
      assertEquals(5, in.node().size());
      assertEquals(List.of(5, 6, 7, 8), seen.get(8L));
    }
  }

  @Test
  void ofAPersistedStreamEndsWithItsBlocks() {
    try (StreamBed bed = new StreamBed()) {
      List<Integer> ids = new CopyOnWriteArrayList<>();
      bed.input(numbers(3))
          .map(n -> n)
          .persist(StorageLevel.MEMORY_SERIALIZED)
          .foreachRDD(
              (rdd, timeMs) -> {
                ids.add(rdd.id());
                rdd.count();
                assertTrue(bed.context.rdds().blocks().contains(rdd.id(), 0));
              });
      bed.start();
      bed.batches(3);
      var blocks = bed.context.rdds().blocks();
      assertEquals(
          List.of(false, false, true), ids.stream().map(id -> blocks.contains(id, 0)).toList());
    }
  }

  @Test
  void ofStateIsItsLastDataset() {
    try (StreamBed bed = new StreamBed()) {
      PairDStream<Integer, Integer> state =
          bed.input(numbers(5)).keyBy(n -> n).updateStateByKey((values, before) -> before);
      collect(state);
      assertEquals(1, left(bed, state, 5));
    }
  }

  @Test
  void ofEarlierDatasetsIsDeclaredByPrevious() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(6));
      Map<Long, List<Integer>> seen = collect(in.transformWith(in.previous(2), Rdd::union));
      // Two slides back, for as long as the stream that reads it keeps its own.
      assertEquals(3, left(bed, in, 6));
      assertEquals(List.of(1), seen.get(1L));
      assertEquals(List.of(3, 1), seen.get(3L));
      assertEquals(List.of(6, 4), seen.get(6L));
    }
  }

  @Test
  void ofInputsIsNotThatOfAnAccumulation() {
    try (StreamBed bed = new StreamBed()) {
      DStream<Integer> in = bed.input(numbers(6));
      DStream<Integer> recent = in.map(n -> n).accumulate("recent", seconds(3));
      Map<Long, List<Integer>> seen = collect(recent.previous(1));
      assertEquals("recent", recent.toString());
      assertEquals(1, left(bed, in, 6));
      assertEquals(List.of(), seen.get(1L));
      assertEquals(List.of(1, 2), seen.get(3L));
      assertEquals(List.of(3, 4, 5), seen.get(6L));
    }
  }

  @Test
  void ofAPinnedDatasetEndsWithItsLease() {
    try (StreamBed bed = new StreamBed()) {
      List<Lease<Pair<Integer, Integer>>> leases = new CopyOnWriteArrayList<>();
      bed.input(numbers(5))
          .keyBy(n -> n)
          .foreachRDD(
              (rdd, timeMs) -> {
                if (leases.isEmpty()) {
                  leases.add(bed.context.pin(rdd, "first"));
                }
              });
      bed.start();
      bed.batches(5);
      Lease<Pair<Integer, Integer>> lease = leases.get(0);
      assertEquals(List.of(Pair.of(1, 1)), lease.rdd().collect());
      assertEquals(List.of("first"), bed.context.leases());
      assertThrows(IllegalArgumentException.class, () -> bed.context.pin(lease.rdd(), "first"));
      lease.close();
      lease.close();
      assertEquals(List.of(), bed.context.leases());
      DatasetReleasedException e =
          assertThrows(DatasetReleasedException.class, () -> lease.rdd().collect());
      assertTrue(e.getMessage().contains("pinned as first"), e.getMessage());
    }
  }
}
