package dev.sluice.engine.plan;

import dev.sluice.engine.state.StateFormat;

/** An operator whose state can be written to a checkpoint. */
public interface Stateful {

  /** How its state is written. */
  StateFormat stateFormat();
}
