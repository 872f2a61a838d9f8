package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;

/** Something that is done with the dataset of each batch, in the order of definition. */
final class Output<T> {
  private final Node<T> node;
  private final BatchAction<T> action;
  private final String name;

  Output(Node<T> node, String name, BatchAction<T> action) {
    this.node = node;
    this.name = name;
    this.action = action;
  }

  Node<T> node() {
    return node;
  }

  String name() {
    return name;
  }

  void run(long timeMs) {
    Rdd<T> rdd = node.dataset(timeMs);
    try {
      action.accept(rdd, timeMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatchFailedException(timeMs, name, e);
    } catch (Exception | Error e) {
      throw new BatchFailedException(timeMs, name, e);
    }
  }
}
