package dev.sluice.engine.event;

/** Something that happened to a job. Names are those of the plan; times are milliseconds. */
public sealed interface EngineEvent {

  /** A stage's tasks are about to run. */
  record StageStarted(int stage, String name, int tasks) implements EngineEvent {}

  /** All tasks of a stage have succeeded. */
  record StageCompleted(int stage, String name, long records, long durationMs)
      implements EngineEvent {}

  /** It is fixed what a batch of a stream reads: so many records, or fewer if it reads a source. */
  record BatchPlanned(long batch, long records) implements EngineEvent {}

  /** A batch is about to run, with so many records from its sources, or fewer as above. */
  record BatchStarted(long batch, long records) implements EngineEvent {}

  /** A batch is committed, which has had so many records from its sources. */
  record BatchCompleted(long batch, long records, long durationMs) implements EngineEvent {}

  /** A checkpoint of all up to a batch is about to be written, while later batches run. */
  record CheckpointStarted(long batch, boolean full) implements EngineEvent {}

  /** A batch, and all before it, will not be run again, whatever happens. */
  record BatchDurable(long batch) implements EngineEvent {}

  /** A batch's sources have been told, and its blocks dropped. */
  record BatchFinalized(long batch) implements EngineEvent {}

  /** A batch has failed or was cancelled, and the stream ends. */
  record BatchFailed(long batch, Throwable cause) implements EngineEvent {}

  /** Each receiver may now store so many records a second. */
  record RateChanged(double recordsPerSecond) implements EngineEvent {}

  /** An attempt has failed; {@code willRetry} says whether the task is tried again. */
  record TaskFailed(int stage, int task, int attempt, boolean willRetry, Throwable cause)
      implements EngineEvent {}

  /** An attempt has taken no record for {@code idleMs}; {@code stack} is what its thread does. */
  record TaskStuck(int stage, String name, int task, int attempt, long idleMs, String stack)
      implements EngineEvent {}

  /** A second attempt of a slow task was started beside the first. */
  record TaskSpeculated(int stage, int task, int attempt) implements EngineEvent {}
}
