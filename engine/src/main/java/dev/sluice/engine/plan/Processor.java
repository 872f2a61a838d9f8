package dev.sluice.engine.plan;

/**
 * One operator at work in one attempt of one task; used by that task's thread only.
 *
 * <p>Calls come in this order: {@link #process} any number of times, {@link #finishBundle} after
 * each bundle and at the end, then {@link #finish} once, then {@link #close}. After an exception
 * only {@code close} is called. Operators that feed this one have finished a bundle before this one
 * does, so what they emit while finishing still belongs to it.
 */
public interface Processor<T> {

  /** Takes one element. */
  void process(T element) throws Exception;

  /** Ends a bundle; may emit. */
  default void finishBundle() throws Exception {}

  /** Ends the partition; may emit. */
  default void finish() throws Exception {}

  /** Lets go of everything; emits nothing. */
  default void close() throws Exception {}
}
