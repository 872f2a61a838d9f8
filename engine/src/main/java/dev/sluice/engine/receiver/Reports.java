package dev.sluice.engine.receiver;

/** Tells a listener about one receiver. */
record Reports(int streamId, String name, ReceiverListener listener) {
  void started() {
    listener.onEvent(new ReceiverEvent.Started(streamId, name));
  }

  void failed(String message, Throwable cause) {
    listener.onEvent(new ReceiverEvent.Failed(streamId, name, message, cause));
  }

  void restarting(String message, long delayMs) {
    listener.onEvent(new ReceiverEvent.Restarting(streamId, name, message, delayMs));
  }

  void stopped(String message, Throwable cause) {
    listener.onEvent(new ReceiverEvent.Stopped(streamId, name, message, cause));
  }
}
