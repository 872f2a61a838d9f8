package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.exec.StageTimes.OperatorTimes;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.state.StateView;
import java.util.List;
import java.util.Map;

/** How an attempt ended. */
public sealed interface TaskOutcome {
  TaskAttempt attempt();

  /**
   * It ran to its end.
   *
   * @param segments what it wrote, not yet visible to anybody
   * @param results what its operators reported, by node id
   * @param deferred what its operators left for later
   * @param views what its operators changed of their state
   * @param times what its operators have come to
   */
  record Success(
      TaskAttempt attempt,
      Map<ExchangeNode, Segment> segments,
      Map<Integer, Object> results,
      List<Deferred> deferred,
      Map<OperatorNode, StateView> views,
      Map<OperatorNode, OperatorTimes> times)
      implements TaskOutcome {

    /**
     * Makes the changes of state count. State that is not kept as objects is encoded here, by
     * codecs that may be the user's.
     *
     * @throws OperatorException if that fails
     */
    void commitState() {
      views.forEach(
          (operator, view) -> {
            try {
              view.commit();
            } catch (RuntimeException e) {
              throw new OperatorException(operator.name(), e);
            }
          });
    }
  }

  /** It threw; what it wrote is gone. */
  record Failure(TaskAttempt attempt, Throwable cause) implements TaskOutcome {}
}
