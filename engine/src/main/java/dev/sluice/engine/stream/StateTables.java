package dev.sluice.engine.stream;

import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.rdd.Pair;
import java.util.List;

/** All states after a batch as records: each key with its state and when it had values last. */
record StateTables<K, S>(List<StateTable<K, S>> tables) implements Source<Pair<K, Pair<S, Long>>> {

  @Override
  public List<? extends Split<Pair<K, Pair<S, Long>>>> splits(int parallelism, TaskScope scope) {
    return tables.stream().map(OfPartition::new).toList();
  }

  private record OfPartition<K, S>(StateTable<K, S> table)
      implements Split<Pair<K, Pair<S, Long>>> {
    @Override
    public void read(Output<Pair<K, Pair<S, Long>>> output, TaskScope scope) {
      table
          .states()
          .forEach(
              kept -> output.emit(Pair.of(kept.of().key(), Pair.of(kept.state(), kept.lastMs()))));
    }
  }
}
