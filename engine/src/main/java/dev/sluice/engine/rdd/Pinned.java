package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.PullOperator;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Where the partitions of a dataset lie among the inputs of a pull node. Filled while planning. */
final class Pinned implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Map<Integer, Place> places = new HashMap<>();

  private record Place(int input, int index) implements Serializable {}

  void put(int partition, int input, int index) {
    places.put(partition, new Place(input, index));
  }

  <E> Iterable<E> read(PullOperator.Inputs inputs, int partition) {
    Place place = places.get(partition);
    return inputs.read(place.input(), place.index());
  }
}
