package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exchange.ExchangeReader;
import dev.sluice.engine.exchange.ExchangeWriter;
import dev.sluice.engine.exchange.Segment;
import dev.sluice.engine.exec.StageTimes.OperatorTimes;
import dev.sluice.engine.exec.StageTimes.Times;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.Edge;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Resource;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.state.StateView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processors and writers of one attempt, connected. For use by the attempt's thread. */
final class Chain {
  private final Stage stage;
  private final TaskAttempt attempt;
  private final JobScope job;
  private final Map<Node, Processor<Object>> processors = new LinkedHashMap<>();
  private final Map<ExchangeNode, ExchangeWriter> writers = new LinkedHashMap<>();
  private final List<ExchangeReader> broadcasts = new ArrayList<>();
  private final List<MutationCheck> checks = new ArrayList<>();
  private final Map<Integer, Object> results = new HashMap<>();
  private final List<Deferred> deferred = new ArrayList<>();
  private final Map<OperatorNode, StateView> views = new LinkedHashMap<>();
  private final Map<OperatorNode, OperatorTimes> times = new HashMap<>();
  private final StageTimes stageTimes;
  private final StageTimes.Partition before;

  Chain(Stage stage, TaskAttempt attempt, JobScope job) {
    this.stage = stage;
    this.attempt = attempt;
    this.job = job;
    this.stageTimes = job.continuation().times(stage);
    this.before = stageTimes.partition(attempt.partition());
  }

  /**
   * Opens everything, consumers before producers, and returns where the task's records go: what the
   * head feeds, or {@code entry} if that is not null.
   */
  HeadOutput open(OperatorNode entry) {
    stage.writes().forEach(w -> writers.put(w, job.buffer(w).writer(attempt)));
    List<OperatorNode> operators = stage.operators();
    for (int i = operators.size() - 1; i >= 0; i--) {
      OperatorNode node = operators.get(i);
      try {
        processors.put(node, open(node.operator(), new Context(node)));
      } catch (Throwable t) {
        throw attempt.failed(node.name(), t);
      }
    }
    Output<Object> first = entry == null ? output(stage.head(), 0) : consumer(entry);
    return new HeadOutput(first, this, attempt, job.options().maxBundleSize());
  }

  @SuppressWarnings("unchecked")
  private static Processor<Object> open(Operator<?> operator, OperatorContext context)
      throws Exception {
    return (Processor<Object>) operator.open(context);
  }

  /** Ends a bundle, producers before consumers. */
  void finishBundle() {
    for (OperatorNode node : stage.operators()) {
      call(node, Processor::finishBundle);
    }
    checks.forEach(MutationCheck::finishBundle);
  }

  /** Ends the last bundle and the partition, producers before consumers. */
  void finish() {
    for (OperatorNode node : stage.operators()) {
      Progress now = advanced(node);
      call(node, processor -> processor.advance(now));
      call(node, Processor::finishBundle);
      call(node, Processor::finish);
      times.put(node, held(node));
    }
    checks.forEach(MutationCheck::finishBundle);
    attempt.checkStopped();
  }

  /** The times at {@code node} now that those before it have ended their last bundle. */
  private Progress advanced(OperatorNode node) {
    Times input = stageTimes.input(node, times).most(before.times(node).input());
    return stageTimes.progress(input, before.times(node).output().watermark(), job.input());
  }

  private OperatorTimes held(OperatorNode node) {
    Times input = stageTimes.input(node, times);
    StateView view = views.get(node);
    return view == null ? before.held(node, input) : before.moved(node, input, Times.held(view));
  }

  private interface Call {
    void on(Processor<Object> processor) throws Exception;
  }

  private void call(OperatorNode node, Call call) {
    // A failure that user code has caught ends the attempt here, before anything else is called.
    attempt.checkStopped();
    try {
      call.on(processors.get(node));
    } catch (Throwable t) {
      throw attempt.failed(node.name(), t);
    }
  }

  /** What was written, complete. */
  Map<ExchangeNode, Segment> segments() throws IOException {
    Map<ExchangeNode, Segment> segments = new LinkedHashMap<>();
    for (Map.Entry<ExchangeNode, ExchangeWriter> writer : writers.entrySet()) {
      segments.put(writer.getKey(), writer.getValue().finish());
    }
    return segments;
  }

  Map<Integer, Object> results() {
    return results;
  }

  List<Deferred> deferred() {
    return deferred;
  }

  /**
   * Makes the changes of state count. State that is not kept as objects is encoded here, by codecs
   * that may be the user's.
   *
   * @throws OperatorException if that fails
   */
  void commitState() {
    views.forEach(
        (operator, view) -> {
          try {
            view.commit();
          } catch (RuntimeException | Error e) {
            throw new OperatorException(operator.name(), e);
          }
        });
  }

  /** What the operators have come to. */
  Map<OperatorNode, OperatorTimes> times() {
    return times;
  }

  /** Throws away what was written. */
  void discard(Throwable reason) {
    for (ExchangeWriter writer : writers.values()) {
      try {
        writer.abandoned().discard();
      } catch (IOException e) {
        reason.addSuppressed(e);
      }
    }
  }

  /** Closes every processor; the first failure is thrown, after all were closed. */
  void close() {
    FirstFailure<RuntimeException> failure = new FirstFailure<>();
    for (OperatorNode node : stage.operators()) {
      Processor<Object> processor = processors.get(node);
      if (processor == null) {
        continue;
      }
      try {
        processor.close();
      } catch (Throwable t) {
        failure.add(attempt.failed(node.name(), t));
      }
    }
    broadcasts.forEach(ExchangeReader::close);
    failure.throwIfAny();
  }

  private Output<Object> output(Node node, int index) {
    List<Output<Object>> consumers = new ArrayList<>();
    Codec<Object> checked = null;
    for (Edge edge : stage.edges()) {
      Port from = edge.from();
      if (from.node() == node && from.index() == index) {
        checked = checkedBy(from.codec());
        consumers.add(
            checked == null ? consumer(edge.to()) : checkedConsumer(node, edge.to(), checked));
      }
    }
    Output<Object> joined = Links.join(consumers);
    if (checked == null) {
      return joined;
    }
    MutationCheck check = new MutationCheck(node.name(), checked, joined);
    checks.add(check);
    return check;
  }

  /** The codec to check elements with, or null if they are not checked. */
  @SuppressWarnings("unchecked")
  private Codec<Object> checkedBy(Codec<?> codec) {
    return job.options().checkMutations() ? (Codec<Object>) codec : null;
  }

  private Output<Object> checkedConsumer(Node from, Node to, Codec<Object> codec) {
    return new MutationCheck.Consumer(from.name(), to.name(), codec, consumer(to), attempt);
  }

  private Output<Object> consumer(Node to) {
    if (to instanceof ExchangeNode exchange) {
      return new Links.ToExchange(to.name(), writers.get(exchange), attempt);
    }
    return new Links.ToProcessor(to.name(), processors.get(to), attempt);
  }

  private final class Context implements OperatorContext {
    private final OperatorNode node;

    Context(OperatorNode node) {
      this.node = node;
    }

    @Override
    public String name() {
      return node.name();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Output<T> output(int index) {
      return (Output<T>) Chain.this.output(node, index);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Iterable<T> broadcast(int index) {
      Retained retained = retained(index);
      if (retained.keeps()) {
        return (Iterable<T>) (Iterable<?>) retained.records();
      }
      ExchangeReader reader = job.buffer(node.broadcasts().get(index)).read(0);
      broadcasts.add(reader);
      return (Iterable<T>) (Iterable<?>) reader.records();
    }

    private Retained retained(int index) {
      return job.continuation().broadcast(node.broadcasts().get(index));
    }

    @Override
    public long broadcastVersion(int index) {
      return retained(index).version();
    }

    @Override
    public long broadcastWatermark(int index) {
      return retained(index).watermark();
    }

    @Override
    public Progress progress() {
      return stageTimes.progress(attempt.partition(), node, job.input());
    }

    @Override
    public StateView state() {
      return views.computeIfAbsent(node, n -> before.state(n).open());
    }

    @Override
    public TaskScope scope() {
      return attempt;
    }

    @Override
    public <T> T shared(String key, Resource<? extends T> resource) throws Exception {
      return job.shared(node, key, resource);
    }

    @Override
    public void defer(Object element, long delayMs) {
      if (job.continued()) {
        throw new IllegalStateException(
            "a run of a stream ends with its tasks: keep what is for later in state, with a timer");
      }
      deferred.add(new Deferred(node, element, delayMs));
    }

    @Override
    public void result(Object value) {
      results.put(node.id(), value);
    }
  }
}
