package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.plan.ExchangeNode;
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
   */
  record Success(
      TaskAttempt attempt,
      Map<ExchangeNode, Segment> segments,
      Map<Integer, Object> results,
      List<Deferred> deferred)
      implements TaskOutcome {}

  /** It threw; what it wrote is gone. */
  record Failure(TaskAttempt attempt, Throwable cause) implements TaskOutcome {}
}
