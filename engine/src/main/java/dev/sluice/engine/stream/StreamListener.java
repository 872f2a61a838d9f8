package dev.sluice.engine.stream;

/**
 * Is told what happens to a streaming context: one event after another, on a thread for listeners.
 */
@FunctionalInterface
public interface StreamListener {
  void onEvent(StreamEvent event);
}
