package dev.sluice.engine.receiver;

/** Something that happened to a receiver. */
public sealed interface ReceiverEvent {

  /** Which stream it receives for. */
  int streamId();

  /** What the receiver is called. */
  String name();

  /** It is about to be started, for the first time or again. */
  record Started(int streamId, String name) implements ReceiverEvent {}

  /** It reported an error, or failed; {@code cause} may be null. */
  record Failed(int streamId, String name, String message, Throwable cause)
      implements ReceiverEvent {}

  /** It has been stopped and will be started again in {@code delayMs}. */
  record Restarting(int streamId, String name, String message, long delayMs)
      implements ReceiverEvent {}

  /** It will not be started again. It has failed unless {@code cause} is null. */
  record Stopped(int streamId, String name, String message, Throwable cause)
      implements ReceiverEvent {}
}
