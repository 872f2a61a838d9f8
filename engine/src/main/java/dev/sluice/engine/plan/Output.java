package dev.sluice.engine.plan;

/** Where elements go: by a plain call, on the same thread, before the call returns. */
public interface Output<T> {

  /**
   * Hands {@code element} to every consumer. The element must not be changed afterwards, by either
   * side. What a consumer throws comes out of this call; it must not be caught and dropped.
   */
  void emit(T element);
}
