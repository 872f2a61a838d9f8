package dev.sluice.runner;

import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.ReceiverListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens to receivers to the log. */
final class ReceiverLog implements ReceiverListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiverLog.class);

  @Override
  public void onEvent(ReceiverEvent event) {
    if (event instanceof ReceiverEvent.Failed failed) {
      LOG.warn(
          "receiver {} of stream {}: {}",
          failed.name(),
          failed.streamId(),
          failed.message(),
          failed.cause());
    } else if (event instanceof ReceiverEvent.Restarting restarting) {
      LOG.warn(
          "receiver {} of stream {} starts again in {} ms: {}",
          restarting.name(),
          restarting.streamId(),
          restarting.delayMs(),
          restarting.message());
    } else {
      LOG.debug("{}", event);
    }
  }
}
