package dev.sluice.engine.exec;

import dev.sluice.engine.plan.TaskScope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Stands for the splitting of a source, which happens once, before there are tasks. */
public final class SplitScope implements TaskScope {
  private final Map<Class<?>, Object> locals = new HashMap<>();

  @Override
  public int partition() {
    return 0;
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public boolean cancelled() {
    return Thread.currentThread().isInterrupted();
  }

  @Override
  public <T> T local(Class<T> key, Supplier<? extends T> make) {
    return key.cast(locals.computeIfAbsent(key, k -> make.get()));
  }
}
