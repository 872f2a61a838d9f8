package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;

/** Routes pairs by their keys. Hash codes are those of encoded keys where equality is theirs. */
record ByPartitioner<K>(Partitioner<? super K> partitioner, Codecs codecs)
    implements Exchange.Router<Pair<K, Object>> {

  @Override
  public Exchange.Route<Pair<K, Object>> open(TaskScope scope, int partitions) {
    return pair -> partition(pair.key());
  }

  int partition(K key) throws IOException {
    return partitioner instanceof Partitioner.HashPartitioner hash
        ? hash.partition(codecs.identity(key))
        : partitioner.partition(key);
  }
}
