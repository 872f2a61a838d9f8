package dev.sluice.engine.plan;

import dev.sluice.engine.state.StateView;

/** What an operator is given when it is opened for one attempt of one task. */
public interface OperatorContext {

  /** The operator's full name in the plan. */
  String name();

  /** Where elements of output {@code index} go. */
  <T> Output<T> output(int index);

  /**
   * What was sent to broadcast {@code index}: complete, and readable many times.
   *
   * <p>Iterating reads spilled records from disk again.
   */
  <T> Iterable<T> broadcast(int index);

  /**
   * How often the records of broadcast {@code index} have changed: what was made of them can be
   * kept while this stays as it is.
   */
  long broadcastVersion(int index);

  /** How far, in event time, what is sent to broadcast {@code index} has come. */
  long broadcastWatermark(int index);

  /** The times up to the last run of this task's partition. */
  Progress progress();

  /**
   * What this operator keeps for this partition from run to run of a stream. What the attempt
   * changes counts if the attempt does.
   */
  StateView state();

  /** The attempt that the operator runs in. */
  TaskScope scope();

  /** What this node's tasks share in this job; closed with the job if it can be closed. */
  <T> T shared(String key, Resource<? extends T> resource) throws Exception;

  /**
   * Leaves {@code element} for later: once the attempt's output counts, and at least {@code
   * delayMs} after that, a further task of the stage hands it to this node, and to nobody before
   * it. If the attempt fails, nothing is left. Not for runs of a stream, which keep such things in
   * {@link #state()}: there it is an {@link IllegalStateException}.
   */
  void defer(Object element, long delayMs);

  /** Sets what the attempt reports for this node if it succeeds; a second call replaces it. */
  void result(Object value);
}
