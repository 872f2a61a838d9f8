package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.exec.StageTimes.OperatorTimes;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
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
   * @param times what its operators have come to
   */
  record Success(
      TaskAttempt attempt,
      Map<ExchangeNode, Segment> segments,
      Map<Integer, Object> results,
      List<Deferred> deferred,
      Map<OperatorNode, OperatorTimes> times)
      implements TaskOutcome {}

  /**
   * It threw; what it wrote is gone.
   *
   * @param last whether no other attempt can take its place, since some changes of state may count
   *     already
   */
  record Failure(TaskAttempt attempt, Throwable cause, boolean last) implements TaskOutcome {}
}
