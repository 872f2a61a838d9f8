package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Resource;
import dev.sluice.engine.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** What all attempts of a job share. Safe for use by many threads. */
final class JobScope {
  private final Environment environment;
  private final JobOptions options;
  private final Map<ExchangeNode, ExchangeBuffer> buffers = new HashMap<>();
  private final Map<ResourceKey, Holder> resources = new HashMap<>();

  JobScope(Environment environment, JobOptions options) {
    this.environment = environment;
    this.options = options;
  }

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

  synchronized ExchangeBuffer buffer(ExchangeNode node) {
    return buffers.computeIfAbsent(
        node,
        n ->
            new ExchangeBuffer(
                n.exchange(),
                environment.executor().workers(),
                environment.memory(),
                environment.files()));
  }

  <T> T shared(Node node, String key, Resource<? extends T> resource) throws Exception {
    Holder holder;
    synchronized (resources) {
      holder = resources.computeIfAbsent(new ResourceKey(node, key), k -> new Holder());
    }
    @SuppressWarnings("unchecked")
    T value = (T) holder.get(resource);
    return value;
  }

  JobOptions options() {
    return options;
  }

  Clock clock() {
    return environment.clock();
  }

  /** Closes what is shared and forgets all exchanges; the first failure is thrown at the end. */
  void close() throws Exception {
    Exception failure = null;
    for (Map.Entry<ResourceKey, Holder> resource : resources.entrySet()) {
      failure = attempt(() -> close(resource.getKey().node(), resource.getValue()), failure);
    }
    for (ExchangeBuffer buffer : buffers.values()) {
      failure = attempt(buffer::close, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void close(Node node, Holder holder) {
    try {
      holder.close();
    } catch (Exception | Error e) {
      throw new OperatorException(node.name(), e);
    }
  }

  private interface Closing {
    void run() throws Exception;
  }

  private static Exception attempt(Closing closing, Exception failure) {
    try {
      closing.run();
      return failure;
    } catch (Exception e) {
      if (failure == null) {
        return e;
      }
      failure.addSuppressed(e);
      return failure;
    }
  }
}
