package dev.sluice.engine.rdd;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A node of a lineage: how it is computed, and what is kept of it. Safe for use by many threads.
 *
 * <p>A checkpoint replaces the step by one that reads the checkpoint, which cuts the lineage.
 */
final class Dataset {
  private final RddContext context;
  private final Label label;
  private final ReentrantLock writingCheckpoint = new ReentrantLock();
  private volatile Step step;
  private volatile StorageLevel level;
  private volatile Checkpointed checkpointed = Checkpointed.NO;

  Dataset(RddContext context, Label label, Step step) {
    this.context = context;
    this.label = label;
    this.step = step;
  }

  private enum Checkpointed {
    NO,
    /** Before the next action over it. */
    REQUESTED,
    YES
  }

  RddContext context() {
    return context;
  }

  Label label() {
    return label;
  }

  int id() {
    return label.id();
  }

  Step step() {
    return step;
  }

  List<Dataset> parents() {
    return step.parents();
  }

  int partitions() {
    return step.partitions();
  }

  /** Where blocks are kept, or null if they are not. */
  StorageLevel level() {
    return level;
  }

  synchronized void persist(StorageLevel wanted) {
    if (level != null && level != wanted) {
      throw new IllegalStateException(
          label + " is persisted at " + level + ": call unpersist() before another level");
    }
    context.blocks().admit(id());
    level = wanted;
  }

  synchronized void unpersist() {
    level = null;
    context.blocks().dismiss(id());
  }

  /** Computes it in another way from now on: its lineage ends here. */
  void cut(Step other) {
    step = other;
  }

  /** Drops what is kept, and says so to whoever needs it later. */
  synchronized void release(ReleasedStep released) {
    if (!(step instanceof ReleasedStep)) {
      step = released;
      unpersist();
    }
  }

  synchronized void requestCheckpoint() {
    if (checkpointed == Checkpointed.NO) {
      checkpointed = Checkpointed.REQUESTED;
    }
  }

  boolean isCheckpointed() {
    return checkpointed == Checkpointed.YES;
  }

  /** Writes the checkpoint if it was requested; others that want the same wait. */
  void writeRequestedCheckpoint() {
    if (checkpointed != Checkpointed.REQUESTED) {
      return;
    }
    writingCheckpoint.lock();
    try {
      // The job that writes it plans this dataset, too, on the same thread.
      if (checkpointed == Checkpointed.REQUESTED && writingCheckpoint.getHoldCount() == 1) {
        step = CheckpointJob.write(this);
        checkpointed = Checkpointed.YES;
      }
    } finally {
      writingCheckpoint.unlock();
    }
  }
}
