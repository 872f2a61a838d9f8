package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.ReceiverEvent;

/** Something that happened to a streaming context. Batches are named by their time. */
public sealed interface StreamEvent {

  /** Receivers are about to be started; the first batch is that of {@code firstBatchMs}. */
  record StreamingStarted(long firstBatchMs) implements StreamEvent {}

  /** Nothing runs any more; {@code failure} is null unless it failed. */
  record StreamingStopped(Throwable failure) implements StreamEvent {}

  /** Something happened to a receiver. */
  record ReceiverChanged(ReceiverEvent event) implements StreamEvent {}

  /** It is fixed what a batch reads: so many records from its receivers. */
  record BatchPlanned(long batchMs, long records) implements StreamEvent {}

  /** A batch is about to run, {@code delayMs} after its time. */
  record BatchStarted(long batchMs, long records, long delayMs) implements StreamEvent {}

  /** All output operations of a batch are done, and what is transactional is published. */
  record BatchCompleted(long batchMs, long records, long delayMs, long processingMs)
      implements StreamEvent {}

  /** A batch has failed, and the stream ends. */
  record BatchFailed(long batchMs, Throwable cause) implements StreamEvent {}

  /** An output operation is about to run. */
  record OutputStarted(String name, long batchMs) implements StreamEvent {}

  /** An output operation has ended; {@code failure} is null unless it failed. */
  record OutputCompleted(String name, long batchMs, long durationMs, Throwable failure)
      implements StreamEvent {}

  /** An earlier process has left so many batches behind a checkpoint after {@code checkpointMs}. */
  record Recovered(long checkpointMs, int batches) implements StreamEvent {}

  /** All outputs of a batch are prepared, and it will not be run again, whatever happens. */
  record BatchDurable(long batchMs) implements StreamEvent {}

  /** The states after a batch are about to be written, while later batches run. */
  record CheckpointStarted(long batchMs) implements StreamEvent {}

  /** They are written, and what came before is dropped. */
  record CheckpointWritten(long batchMs) implements StreamEvent {}

  /** Each receiver may now store so many records a second. */
  record RateChanged(double recordsPerSecond) implements StreamEvent {}
}
