package dev.sluice.engine.plan;

/**
 * One operator at work in one attempt of one task; used by that task's thread only.
 *
 * <p>Calls come in this order: {@link #process} any number of times, with {@link #finishBundle}
 * after each bundle; then {@link #advance}, {@link #finishBundle} and {@link #finish} once, then
 * {@link #close}. After an exception only {@code close} is called. Operators that feed this one
 * have finished a bundle before this one does, so what they emit while finishing still belongs to
 * it.
 */
public interface Processor<T> {

  /** Takes one element. */
  void process(T element) throws Exception;

  /**
   * Time has moved to {@code now}: fires whatever is due, until nothing is; may emit. Called once,
   * behind all elements and before the last bundle ends; operators that feed this one have ended
   * theirs.
   */
  default void advance(Progress now) throws Exception {}

  /** Ends a bundle; may emit. */
  default void finishBundle() throws Exception {}

  /** Ends the partition; may emit. */
  default void finish() throws Exception {}

  /** Lets go of everything; emits nothing. */
  default void close() throws Exception {}
}
