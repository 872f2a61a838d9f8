package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Carried;
import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.PairRdd;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Node.Need;
import dev.sluice.engine.stream.Node.Shape;
import dev.sluice.engine.stream.Node.Storage;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The states of {@link PairDStream#mapWithState}, a version after each batch, and what was mapped
 * in it. A batch reads and writes the states of the keys that it touches: those that have values or
 * time out. Its dataset is all states with the batches in which their keys had values last; it
 * reads a version when it is used, and costs nothing before.
 */
final class MappedVersions<K, V, S, R> implements Computation<Pair<K, Pair<S, Long>>> {
  private final Node<Pair<K, Pair<S, Long>>> node;
  private final Node<Pair<K, V>> values;
  private final StateSpec<K, V, S, R> spec;
  // Those of the node's datasets.
  private final NavigableMap<Long, Version<K, S, R>> versions = new ConcurrentSkipListMap<>();

  private record Version<K, S, R>(List<StateTable<K, S>> tables, Made<R> mapped) {}

  private MappedVersions(
      Node<Pair<K, Pair<S, Long>>> node, Node<Pair<K, V>> values, StateSpec<K, V, S, R> spec) {
    this.node = node;
    this.values = values;
    this.spec = spec;
  }

  /** The two streams over {@code values}. */
  static <K, V, S, R> MappedStates<K, S, R> of(
      Node<Pair<K, V>> values, StateSpec<K, V, S, R> spec) {
    Shape shape = new Shape(values.slideMs(), List.of(new Need(values, 0)), Storage.HELD, true);
    Node<Pair<K, Pair<S, Long>>> node = values.graph().add("mapWithState", shape);
    MappedVersions<K, V, S, R> versions = new MappedVersions<>(node, values, spec);
    node.computedBy(versions);
    return new MappedStates<>(node, versions::mapped);
  }

  @Override
  public Made<Pair<K, Pair<S, Long>>> make(long timeMs) {
    return made(
        timeMs,
        PairRdd.of(values.dataset(timeMs))
            .carry(before(timeMs), new MapWithStates<>(spec.function(), timeMs)));
  }

  /** The same states at batch {@code timeMs}; nothing was mapped in it. */
  @Override
  @SuppressWarnings("unchecked") // The caller gives back what this has saved.
  public Made<Pair<K, Pair<S, Long>>> restored(Rdd<?> saved, long timeMs) {
    return made(timeMs, loaded((Rdd<Pair<K, Pair<S, Long>>>) saved));
  }

  private Made<Pair<K, Pair<S, Long>>> made(long timeMs, Carried<R, StateTable<K, S>> carried) {
    Made<R> mapped = Made.of(carried.records());
    versions.put(timeMs, new Version<>(carried.left(), mapped));
    Held<Pair<K, Pair<S, Long>>> states =
        rdds().hold(node.name(), new StateTables<>(carried.left()));
    return new Made<>(
        states.rdd(),
        why -> {
          versions.remove(timeMs);
          states.release(why);
          mapped.release(why);
        });
  }

  /** What was mapped in batch {@code timeMs}, in which the states were made. */
  private Made<R> mapped(long timeMs) {
    node.dataset(timeMs);
    Made<R> mapped = versions.get(timeMs).mapped().retain();
    // A dataset of its own, which may be persisted and unpersisted.
    return new Made<>(mapped.rdd().filter(record -> true), mapped::release);
  }

  private List<StateTable<K, S>> before(long timeMs) {
    Long last = versions.lowerKey(timeMs);
    if (last != null) {
      return versions.get(last).tables();
    }
    if (spec.initial() == null) {
      return noStates();
    }
    long beforeMs = timeMs - node.slideMs();
    Carried<R, StateTable<K, S>> initial =
        loaded(spec.initial().mapValues(state -> Pair.of(state, beforeMs)));
    initial.records().release("nothing is mapped while states are loaded");
    return initial.left();
  }

  private Carried<R, StateTable<K, S>> loaded(Rdd<Pair<K, Pair<S, Long>>> states) {
    return PairRdd.of(states).carry(noStates(), new LoadStates<>());
  }

  private List<StateTable<K, S>> noStates() {
    long timeoutMs = spec.timeout() == null ? 0 : spec.timeout().toMillis();
    return Collections.nCopies(
        rdds().defaultPartitions(), StateTable.empty(node.slideMs(), timeoutMs));
  }

  private RddContext rdds() {
    return node.graph().rdds();
  }
}
