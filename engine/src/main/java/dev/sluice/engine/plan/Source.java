package dev.sluice.engine.plan;

import java.io.Serializable;
import java.util.List;

/** A finite input that can be read in parallel, and again. */
public interface Source<T> extends Serializable {

  /**
   * The parts to read, each by one task; called once a job, before the first of them is read.
   *
   * @param parallelism how many tasks run at once
   * @param scope stands for the splitting, as an attempt that counts if it does not throw
   */
  List<? extends Split<T>> splits(int parallelism, TaskScope scope) throws Exception;

  /** A part of a source. Reading it again gives the same records in the same order. */
  interface Split<T> extends Serializable {

    /** Emits every record. */
    void read(Output<T> output, TaskScope scope) throws Exception;
  }
}
