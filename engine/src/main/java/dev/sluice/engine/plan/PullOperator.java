package dev.sluice.engine.plan;

import java.io.Serializable;

/** The definition of a step that reads whole partitions at its own pace. */
public interface PullOperator<T> extends Serializable {

  /** How many tasks there are, given how many partitions each input has. */
  int partitions(int[] inputPartitions);

  /** Computes one partition. */
  void run(Inputs inputs, Output<T> output, TaskScope scope) throws Exception;

  /** The inputs of a pull operator. */
  interface Inputs {

    /** How many partitions input {@code input} has. */
    int partitions(int input);

    /** The records of one partition of one input, readable many times. */
    <E> Iterable<E> read(int input, int partition);
  }
}
