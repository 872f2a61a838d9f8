package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Computation.Made;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A stream of datasets from a queue, which may be filled by any thread if it allows that. */
final class QueueInput<T> implements Input {
  private final Node<T> node;
  private final Queue<Rdd<T>> queue;
  private final boolean oneAtATime;
  private final Rdd<T> otherwise;

  /**
   * A stream that takes what is in {@code queue}.
   *
   * @param otherwise the dataset of a batch for which there is nothing, or null for an empty one
   */
  QueueInput(Node<T> node, Queue<Rdd<T>> queue, boolean oneAtATime, Rdd<T> otherwise) {
    this.node = node;
    this.queue = queue;
    this.oneAtATime = oneAtATime;
    this.otherwise = otherwise;
  }

  @Override
  public Node<T> node() {
    return node;
  }

  @Override
  public long allocate(long timeMs) {
    List<Rdd<T>> taken = new ArrayList<>();
    synchronized (queue) {
      for (Rdd<T> next = queue.poll(); next != null; next = queue.poll()) {
        taken.add(next);
        if (oneAtATime) {
          break;
        }
      }
    }
    node.put(timeMs, Made.of(dataset(taken)));
    return 0;
  }

  private Rdd<T> dataset(List<Rdd<T>> taken) {
    RddContext rdds = node.graph().rdds();
    if (taken.isEmpty()) {
      taken.add(otherwise == null ? rdds.parallelize(List.of(), 1) : otherwise);
    }
    // Also of one: what the stream persists should not be the program's own.
    return rdds.union(taken);
  }
}
