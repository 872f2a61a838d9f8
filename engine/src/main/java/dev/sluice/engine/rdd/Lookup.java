package dev.sluice.engine.rdd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds the values of one key. */
final class Lookup {
  private Lookup() {}

  static <K, V> List<V> values(PairRdd<K, V> pairs, K key) {
    pairs.context().checkOpen();
    Codecs codecs = pairs.context().codecs();
    Dataset dataset = pairs.dataset();
    Partitions candidates;
    Object wanted;
    try {
      wanted = codecs.identity(key);
      candidates = candidates(dataset, key);
    } catch (IOException e) {
      throw RddException.of("lookup", e);
    }
    Predicate1<Pair<K, V>> same = pair -> Objects.equals(wanted, codecs.identity(pair.key()));
    Evaluation<List<Pair<K, V>>> collecting = Actions.collecting();
    List<V> values = new ArrayList<>();
    for (List<Pair<K, V>> ofPartition :
        collecting.run(pairs.filter(same).dataset(), candidates, JobPlan.Purpose.RUN)) {
      ofPartition.forEach(pair -> values.add(pair.value()));
    }
    return values;
  }

  private static <K> Partitions candidates(Dataset dataset, K key) throws IOException {
    @SuppressWarnings("unchecked")
    ByPartitioner<K> partitioner = (ByPartitioner<K>) dataset.step().partitioner();
    if (partitioner == null) {
      return Partitions.all(dataset.partitions());
    }
    int only = partitioner.partition(key);
    return Partitions.range(only, only + 1);
  }
}
