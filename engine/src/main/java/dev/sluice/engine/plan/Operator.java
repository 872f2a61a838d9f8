package dev.sluice.engine.plan;

import java.io.Serializable;

/** The definition of a step that gets records pushed. It is shared by all tasks: no state. */
public interface Operator<T> extends Serializable {

  /** Makes the processor for one attempt of one task. */
  Processor<T> open(OperatorContext context) throws Exception;
}
