package dev.sluice.engine.receiver;

/**
 * Is told what happens to receivers, as it happens: on their threads, possibly several at once.
 * Must return soon.
 */
@FunctionalInterface
public interface ReceiverListener {
  void onEvent(ReceiverEvent event);
}
