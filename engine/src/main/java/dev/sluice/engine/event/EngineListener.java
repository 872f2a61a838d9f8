package dev.sluice.engine.event;

/** Is told what happens in the engine. */
@FunctionalInterface
public interface EngineListener {
  void onEvent(EngineEvent event);
}
