package dev.sluice.engine.plan;

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

  /** The attempt that the operator runs in. */
  TaskScope scope();

  /** What this node's tasks share in this job; closed with the job if it can be closed. */
  <T> T shared(String key, Resource<? extends T> resource) throws Exception;

  /**
   * Leaves {@code element} for later: once the attempt's output counts, and at least {@code
   * delayMs} after that, a further task of the stage hands it to this node, and to nobody before
   * it. If the attempt fails, nothing is left.
   */
  void defer(Object element, long delayMs);

  /** Sets what the attempt reports for this node if it succeeds; a second call replaces it. */
  void result(Object value);
}
