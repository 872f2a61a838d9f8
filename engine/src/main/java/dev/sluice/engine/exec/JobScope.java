package dev.sluice.engine.exec;

import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Resource;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What all attempts of a job share. Safe for use by many threads. */
final class JobScope {
  private final Environment environment;
  private final JobOptions options;
  private final Map<ExchangeNode, ExchangeBuffer> buffers = new HashMap<>();
  private final Continuation continuation;
  private final RunInput input;
  private final boolean continued;

  JobScope(
      Environment environment,
      JobOptions options,
      Continuation continuation,
      RunInput input,
      boolean continued) {
    this.environment = environment;
    this.options = options;
    this.continuation = continuation;
    this.input = input;
    this.continued = continued;
  }

  synchronized ExchangeBuffer buffer(ExchangeNode node) {
    return buffers.computeIfAbsent(
        node,
        n ->
            new ExchangeBuffer(
                n.exchange(),
                continuation.partitions(),
                // Two attempts of a task at a time may both change what they read, if only lazily.
                !options.speculation().enabled(),
                environment.memory(),
                environment.files()));
  }

  <T> T shared(Node node, String key, Resource<? extends T> resource) throws Exception {
    return continuation.resources().shared(node, key, resource);
  }

  Continuation continuation() {
    return continuation;
  }

  /** What the run reads. */
  RunInput input() {
    return input;
  }

  /** Whether it is one run of many. */
  boolean continued() {
    return continued;
  }

  JobOptions options() {
    return options;
  }

  Clock clock() {
    return environment.clock();
  }

  /** Forgets all exchanges; the first failure is thrown at the end. */
  void close() throws IOException {
    FirstFailure<IOException> failure = new FirstFailure<>();
    for (ExchangeBuffer buffer : buffers.values()) {
      try {
        buffer.close();
      } catch (IOException e) {
        failure.add(e);
      }
    }
    failure.throwIfAny();
  }
}
