package dev.sluice.engine.exec;

import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Resource;
import java.util.HashMap;
import java.util.Map;

/**
 * What the tasks of a node share, made when it is first asked for. Safe for use by many threads.
 */
final class Resources {
  private final Map<ResourceKey, Holder> held = new HashMap<>();

  private record ResourceKey(Node node, String name) {}

  /** Something shared, made under its own lock so that others are not kept waiting. */
  private static final class Holder {
    private Object value;

    synchronized Object get(Resource<?> resource) throws Exception {
      if (value == null) {
        value = resource.open();
      }
      return value;
    }

    synchronized void close() throws Exception {
      if (value instanceof AutoCloseable closeable) {
        closeable.close();
      }
      value = null;
    }
  }

  <T> T shared(Node node, String key, Resource<? extends T> resource) throws Exception {
    Holder holder;
    synchronized (held) {
      holder = held.computeIfAbsent(new ResourceKey(node, key), k -> new Holder());
    }
    @SuppressWarnings("unchecked")
    T value = (T) holder.get(resource);
    return value;
  }

  /** Closes everything; the first failure is thrown at the end. */
  void close() throws Exception {
    FirstFailure<OperatorException> failure = new FirstFailure<>();
    for (Map.Entry<ResourceKey, Holder> resource : held.entrySet()) {
      try {
        resource.getValue().close();
      } catch (Exception | Error e) {
        failure.add(new OperatorException(resource.getKey().node().name(), e));
      }
    }
    failure.throwIfAny();
  }
}
