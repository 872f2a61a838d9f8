package dev.sluice.engine.batch;

import dev.sluice.engine.receiver.Receiver;

/** Stands for a receiver that was at its end in a process before this one. */
final class EndedReceiver<T> extends Receiver<T> {
  @Override
  public void onStart() {
    end();
  }

  @Override
  public void onStop() {}
}
