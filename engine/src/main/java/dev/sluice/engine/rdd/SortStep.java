package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sorts pairs by key: into ranges by sampled bounds, then range by range.
 *
 * <p>Every partition consists of several ranges, only one of which a task holds in memory; a range
 * of equal keys is passed on as it came. Pairs of equal keys keep their order.
 */
final class SortStep<K> implements Step {
  private static final int RANGES_PER_PARTITION = 16;

  private final Dataset parent;
  private final Ordering<? super K> ordering;
  private final int partitions;
  private List<K> bounds;

  SortStep(Dataset parent, Ordering<? super K> ordering, int partitions) {
    this.parent = parent;
    this.ordering = ordering;
    this.partitions = partitions;
  }

  @Override
  public List<Dataset> parents() {
    return List.of(parent);
  }

  @Override
  public int partitions() {
    return partitions;
  }

  @Override
  public boolean wide() {
    return true;
  }

  /** Sampled once, so that a lost partition is computed with the bounds of the others. */
  private synchronized List<K> bounds(Label label) {
    if (bounds == null) {
      bounds =
          RangeBounds.sample(parent, ordering, partitions * RANGES_PER_PARTITION, label.toString());
    }
    return bounds;
  }

  @Override
  public List<Branch> plan(JobPlan job, Label label, Partitions wanted) {
    Partitioner<K> ranges = Partitioner.range(job.explains() ? List.of() : bounds(label), ordering);
    List<Port> inputs = new ArrayList<>();
    List<Branch> all = job.branches(parent, Partitions.all(parent.partitions()));
    for (Branch branch : job.ordered(label, all)) {
      inputs.add(job.copied(branch, label).port());
    }
    RouteStep.Spread spread =
        new RouteStep.Spread(
            new ByPartitioner<>(ranges, job.codecs()), ranges.partitions(), false, null);
    Exchange exchange = spread.exchange(job.codecs());
    ExchangeNode node = job.builder().exchange(label.part("ranges"), exchange, inputs);
    Sorted<K> sorted = new Sorted<>(ordering, partitions, ranges.partitions());
    PullPartitions<?> pull =
        new PullPartitions<>(wanted, List.of(everyPartition(ranges.partitions())), sorted);
    Port port = job.builder().pull(label.toString(), pull, List.of(node), job.codecs().values());
    return List.of(job.headedBy(port, wanted));
  }

  private static Pinned everyPartition(int count) {
    Pinned places = new Pinned();
    Partitions.all(count).stream().forEach(p -> places.put(p, 0, p));
    return places;
  }

  /** Reads the ranges of a partition in turn. */
  private record Sorted<K>(Ordering<? super K> ordering, int partitions, int ranges)
      implements PartitionFunction<Pair<K, Object>> {

    @Override
    public Iterator<Pair<K, Object>> apply(int partition, Sides sides) {
      int start = (int) ((long) partition * ranges / partitions);
      int end = (int) ((long) (partition + 1) * ranges / partitions);
      List<Supplier<Iterator<Pair<K, Object>>>> parts = new ArrayList<>();
      for (int range = start; range < end; range++) {
        int own = range;
        parts.add(() -> sorted(own, sides));
      }
      return new Concatenated<>(parts);
    }

    private Iterator<Pair<K, Object>> sorted(int range, Sides sides) {
      if (equalKeys(sides.read(0, range))) {
        return sides.read(0, range);
      }
      List<Pair<K, Object>> pairs = new ArrayList<>();
      sides.<Pair<K, Object>>read(0, range).forEachRemaining(pairs::add);
      pairs.sort((a, b) -> ordering.compare(a.key(), b.key()));
      return pairs.iterator();
    }

    private boolean equalKeys(Iterator<Pair<K, Object>> pairs) {
      if (!pairs.hasNext()) {
        return true;
      }
      K first = pairs.next().key();
      while (pairs.hasNext()) {
        if (ordering.compare(first, pairs.next().key()) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
