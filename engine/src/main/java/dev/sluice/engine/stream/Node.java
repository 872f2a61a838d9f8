package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.StorageLevel;
import dev.sluice.engine.stream.Computation.Made;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A stream in the graph: its datasets by batch, as long as they are needed.
 *
 * <p>Datasets are made on the job thread, those of inputs on the scheduler's, and forgotten on the
 * scheduler's while no batch runs. Any thread may look for one.
 */
final class Node<T> {
  private final Graph graph;
  private final int position;
  private final String operation;
  private final Shape shape;
  private final NavigableMap<Long, Made<T>> datasets = new ConcurrentSkipListMap<>();
  private Computation<T> computation;
  private String givenName;
  private StorageLevel level;
  private boolean held;
  private long keepMs;
  private long recoverMs;
  private volatile long forgottenMs = Long.MIN_VALUE;

  /** Datasets of another stream that a node reads: those of its batch and back to so long ago. */
  record Need(Node<?> node, long backMs) {}

  /** Where records lie once a dataset has been made. */
  enum Storage {
    /** They are computed from its parents' when they are needed. */
    LINEAGE,
    /** They lie somewhere until it is forgotten; its parents are not needed any more. */
    HELD
  }

  /**
   * What a node depends on.
   *
   * @param readsItself whether the newest dataset is needed to make the next
   */
  record Shape(long slideMs, List<Need> needs, Storage storage, boolean readsItself) {
    Shape {
      needs = List.copyOf(needs);
    }
  }

  Node(Graph graph, int position, String operation, Shape shape) {
    this.graph = graph;
    this.position = position;
    this.operation = operation;
    this.shape = shape;
  }

  void computedBy(Computation<T> how) {
    computation = how;
  }

  /** How it gets its datasets, also from a checkpoint. */
  Computation<T> computation() {
    return computation;
  }

  Graph graph() {
    return graph;
  }

  Shape shape() {
    return shape;
  }

  long slideMs() {
    return shape.slideMs();
  }

  /** Where its records lie. */
  Storage storage() {
    return held ? Storage.HELD : shape.storage();
  }

  /** Has each dataset computed in its batch and held, so that what it reads is not kept for it. */
  void hold() {
    graph.checkOpen("checkpoint");
    held = true;
  }

  /** Whether a later process needs its datasets from a checkpoint, and cannot compute them. */
  boolean isSaved() {
    return recoverMs > 0 && (storage() == Storage.HELD || shape.needs().isEmpty());
  }

  /** The name that was given, or one by operation and position. */
  String name() {
    return givenName == null ? operation + "#" + position : givenName;
  }

  void name(String name) {
    graph.checkOpen("a name");
    givenName = name;
  }

  /** Keeps the records of each dataset that is computed; what is held anyway is not kept twice. */
  void persist(StorageLevel wanted) {
    graph.checkOpen("persist");
    if (level != null && level != wanted) {
      graph.problem(name() + " is persisted at " + level + " and at " + wanted + ": name one");
    }
    level = wanted;
  }

  /** As {@link #persist} in memory, unless that was said already. */
  void persistForReaders() {
    if (level == null && storage() == Storage.LINEAGE) {
      level = StorageLevel.MEMORY;
    }
  }

  void keepMs(long ms) {
    keepMs = ms;
  }

  void recoverMs(long ms) {
    recoverMs = ms;
  }

  /** How far before a batch the datasets lie that later batches need. */
  long recoverMs() {
    return recoverMs;
  }

  /** How long after a batch its dataset is still there, once what it reads is complete. */
  long keepMs() {
    return keepMs;
  }

  /** Whether it has a dataset for batch {@code timeMs}. */
  boolean isAt(long timeMs) {
    return (timeMs - graph.originMs()) % slideMs() == 0;
  }

  /** The dataset of batch {@code timeMs}, which is made if it is not there. */
  Rdd<T> dataset(long timeMs) {
    Made<T> known = datasets.get(timeMs);
    if (known != null) {
      return known.rdd();
    }
    Made<T> made = called(timeMs, () -> made(timeMs));
    put(timeMs, made);
    return made.rdd();
  }

  private Made<T> made(long timeMs) throws Exception {
    Made<T> made = computation.make(timeMs);
    if (made.rdd() == null) {
      throw new NullPointerException("a dataset is null: return an empty one");
    }
    return held && shape.storage() == Storage.LINEAGE ? Made.of(made.rdd().materialize()) : made;
  }

  /** Has a dataset made by user code; what fails names this node and the batch, once. */
  private Made<T> called(long timeMs, Callable<Made<T>> making) {
    try {
      return making.call();
    } catch (BatchFailedException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatchFailedException(timeMs, name(), e);
    } catch (Exception | Error e) {
      throw new BatchFailedException(timeMs, name(), e);
    }
  }

  void put(long timeMs, Made<T> made) {
    if (level != null && storage() == Storage.LINEAGE) {
      made.rdd().persist(level);
    }
    datasets.put(timeMs, made);
  }

  /** Its datasets that are there after {@code fromMs} up to and with {@code toMs}, for a while. */
  List<Saving> saving(long fromMs, long toMs) {
    List<Saving> found = new ArrayList<>();
    datasets
        .subMap(fromMs, false, toMs, true)
        .forEach((timeMs, made) -> found.add(new Saving(name(), timeMs, saved(made), made)));
    found.forEach(saving -> saving.made().retain());
    return found;
  }

  private Rdd<?> saved(Made<T> made) {
    return computation == null ? made.rdd() : computation.saved(made.rdd());
  }

  /** Puts what was saved of batch {@code timeMs}. */
  void restore(long timeMs, Held<T> saved) {
    if (computation == null) {
      put(timeMs, Made.of(saved));
      return;
    }
    Made<T> made = called(timeMs, () -> computation.restored(saved.rdd(), timeMs));
    put(
        timeMs,
        new Made<>(
            made.rdd(),
            why -> {
              made.release(why);
              saved.release(why);
            }));
  }

  /**
   * A dataset that is written to a checkpoint; whoever writes it releases it.
   *
   * @param records what is written
   */
  record Saving(String node, long timeMs, Rdd<?> records, Made<?> made) {}

  /** The datasets that are there after {@code fromMs} up to and with {@code toMs}, in order. */
  List<Rdd<T>> between(long fromMs, long toMs) {
    if (fromMs >= toMs) {
      return List.of();
    }
    Collection<Made<T>> found = datasets.subMap(fromMs, false, toMs, true).values();
    return found.stream().<Rdd<T>>map(Made::rdd).toList();
  }

  /** The dataset of batch {@code timeMs} if it is there, else null. */
  Rdd<T> existing(long timeMs) {
    Made<T> made = datasets.get(timeMs);
    return made == null ? null : made.rdd();
  }

  /** The time of the newest dataset before {@code timeMs}, or null. */
  Long lastBefore(long timeMs) {
    return datasets.lowerKey(timeMs);
  }

  /** Up to which batch datasets have been forgotten. */
  long forgottenMs() {
    return forgottenMs;
  }

  /** What to say about a dataset that is gone. */
  String released(long timeMs, long afterMs) {
    return String.format(
        "the dataset of %s in batch %d ms was released when batch %d ms was complete: call"
            + " remember for longer than %d ms, declare previous(n) or a window, or pin it",
        name(), timeMs, afterMs, keepMs);
  }

  /** Batch {@code completeMs} is complete: gives up what nothing needs any more. */
  void forget(long completeMs) {
    long limitMs = completeMs - keepMs;
    NavigableMap<Long, Made<T>> old = datasets.headMap(limitMs, true);
    while (!old.isEmpty()) {
      if (shape.readsItself() && datasets.size() == 1) {
        return;
      }
      long timeMs = old.firstKey();
      forgottenMs = Math.max(forgottenMs, timeMs);
      Made<T> made = old.remove(timeMs);
      if (level != null && storage() == Storage.LINEAGE) {
        made.rdd().unpersist();
      }
      made.release(released(timeMs, completeMs));
    }
  }

  /** How many datasets are there. */
  int size() {
    return datasets.size();
  }

  @Override
  public String toString() {
    return name();
  }
}
