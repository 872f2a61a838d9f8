package dev.sluice.engine.plan;

import java.io.Serializable;
import java.util.List;

/** The stages of a plan, each behind those that it depends on. */
public record StagePlan(List<Stage> stages) implements Serializable {
  public StagePlan {
    stages = List.copyOf(stages);
  }

  /** The stages as text: heads, fused operators, exchanges, in order of execution. */
  public String explain() {
    return Explanation.of(this);
  }
}
