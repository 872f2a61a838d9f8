package dev.sluice.runner;

import dev.sluice.engine.event.EngineEvent;
import java.util.Arrays;
import java.util.Optional;

/** Where a program may be killed. */
enum KillPoint {
  /** It is fixed what a batch reads. */
  PLANNED(EngineEvent.BatchPlanned.class, 8),

  /** No task of the batch has run. */
  STARTED(EngineEvent.BatchStarted.class, 8),

  /** No checkpoint covers the batch. */
  COMMITTED(EngineEvent.BatchCompleted.class, 8),

  /** What the checkpoint will hold is not taken yet. */
  CHECKPOINT_STARTED(EngineEvent.CheckpointStarted.class, 3),

  /** There is no file yet, and the folder was still the program's when it looked. */
  FILE_NOT_BEGUN(null, 3),

  /** Some of the file's bytes are on the disk, under a name that nobody looks for. */
  FILE_HALF_WRITTEN(null, 3),

  /** The file has its name, and nobody has looked yet whether the folder is still the program's. */
  FILE_WRITTEN(null, 3),

  /** A full checkpoint is there, and some of those before it are. */
  OLDER_HALF_DROPPED(null, 2),

  /** The checkpoint is written; neither sources nor callbacks know. */
  DURABLE(EngineEvent.BatchDurable.class, 6),

  /** A source has been told, and others may have been. */
  MARK_FINALIZED(null, 6),

  /** A callback of a bundle was called, and others were not. */
  BUNDLE_FINALIZED(null, 6),

  /** Sources have been told to finalize their marks, each on a thread of its own. */
  FINALIZED(EngineEvent.BatchFinalized.class, 6);

  private final Class<? extends EngineEvent> event;
  private final int latest;

  KillPoint(Class<? extends EngineEvent> event, int latest) {
    this.event = event;
    this.latest = latest;
  }

  /** How many times a program may come here before it is to be killed: not too far on its way. */
  int latest() {
    return latest;
  }

  /** Whether it is in the midst of making a checkpoint's file. */
  boolean isOfFile() {
    return this == FILE_NOT_BEGUN || this == FILE_HALF_WRITTEN || this == FILE_WRITTEN;
  }

  /** The point that {@code event} tells of. */
  static Optional<KillPoint> of(EngineEvent event) {
    return Arrays.stream(values()).filter(p -> event.getClass() == p.event).findFirst();
  }
}
