package dev.sluice.engine.rdd;

import java.io.Serializable;
import java.util.Iterator;

/** Computes a partition from whole partitions of other datasets. */
@FunctionalInterface
interface PartitionFunction<R> extends Serializable {

  Iterator<? extends R> apply(int partition, Sides sides) throws Exception;

  /** What it reads. */
  interface Sides {

    /** Which try of the task this is, from 1. */
    int attempt();

    /** A new pass over a partition of one of the datasets. */
    <E> Iterator<E> read(int side, int partition);
  }
}
