package dev.sluice.engine.exec;

import dev.sluice.engine.plan.TaskScope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Stands for the splitting of a source, which happens once, before there are tasks. */
public final class SplitScope implements TaskScope {
  private final Map<Class<?>, Object> locals = new HashMap<>();

  /** User code that divides a source. */
  public interface Splitting<T> {
    T split(TaskScope scope) throws Exception;
  }

  /** What {@code splitting} gives; {@code listener} is told of it as of any attempt. */
  public static <T> T of(TaskListener listener, Splitting<T> splitting) throws Exception {
    SplitScope scope = new SplitScope();
    listener.submitted(scope);
    try {
      T split = splitting.split(scope);
      listener.succeeded(scope);
      return split;
    } catch (Exception | Error e) {
      listener.discarded(scope);
      throw e;
    }
  }

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
