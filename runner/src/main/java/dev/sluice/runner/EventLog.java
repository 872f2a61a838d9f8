package dev.sluice.runner;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in the engine to the log. */
final class EventLog implements EngineListener {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  @Override
  public void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.TaskFailed failed && failed.willRetry()) {
      LOG.warn(
          "attempt {} of task {} of stage {} failed and is tried again",
          failed.attempt(),
          failed.task(),
          failed.stage(),
          failed.cause());
    } else if (event instanceof EngineEvent.TaskStuck stuck) {
      LOG.warn(
          "attempt {} of task {} of stage '{}' has taken no element for {} ms:\n{}",
          stuck.attempt(),
          stuck.task(),
          stuck.name(),
          stuck.idleMs(),
          stuck.stack());
    } else {
      LOG.debug("{}", event);
    }
  }
}
