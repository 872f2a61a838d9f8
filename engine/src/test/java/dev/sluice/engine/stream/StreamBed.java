package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A context with a clock that the test moves, and a note of all that happens. Batches of 1 s. */
final class StreamBed implements AutoCloseable {
  static final long BATCH_MS = 1_000;
  static final long START_MS = 1_000_000;

  final ManualClock clock;
  final List<StreamEvent> events = new CopyOnWriteArrayList<>();
  final StreamingContext context;

  StreamBed(StreamingOptions options) {
    this(options, new ManualClock(START_MS), UnaryOperator.identity());
  }

  /** A context whose clock stands elsewhere. */
  StreamBed(StreamingOptions options, ManualClock clock) {
    this(options, clock, UnaryOperator.identity());
  }

  /** A context with an engine that differs from the usual one. */
  StreamBed(StreamingOptions options, UnaryOperator<EngineOptions> change) {
    this(options, new ManualClock(START_MS), change);
  }

  private StreamBed(
      StreamingOptions options, ManualClock clock, UnaryOperator<EngineOptions> change) {
    this.clock = clock;
    context = new StreamingContext(options.engine(change.apply(engine(clock))));
    context.addListener(events::add);
  }

  StreamBed() {
    this(options());
  }

  static StreamingOptions options() {
    return new StreamingOptions(seconds(1))
        .receivers(ReceiverOptions.DEFAULTS.withQueuedBlocks(1_000).withRestartDelaysMs(0, 0));
  }

  static EngineOptions engine(ManualClock clock) {
    return new EngineOptions().workers(2).clock(clock).memoryBytes(64 << 20);
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** The time of batch {@code number}, counted from 1. */
  static long at(long number) {
    return START_MS + number * BATCH_MS;
  }

  /** A stream of one dataset a batch, for the first batches. */
  <T> DStream<T> input(List<? extends List<T>> batches) {
    Queue<Rdd<T>> queue = new ConcurrentLinkedQueue<>();
    batches.forEach(batch -> queue.add(context.rdds().parallelize(batch, 2)));
    return context.queueStream(queue, true);
  }

  /** Notes the records of each batch by its number. */
  static <T> Map<Long, List<T>> collect(DStream<T> stream) {
    Map<Long, List<T>> batches = new LinkedHashMap<>();
    stream.foreachRDD(
        (rdd, timeMs) -> {
          List<T> records = new ArrayList<>(rdd.collect());
          synchronized (batches) {
            batches.put((timeMs - START_MS) / BATCH_MS, records);
          }
        });
    return batches;
  }

  void start() {
    context.start();
  }

  /** Lets {@code count} ticks come at once and waits until their batches are complete. */
  void batches(long count) {
    long before = completed();
    clock.advance(count * BATCH_MS);
    Wait.until(
        (before + count) + " batches, " + context.state(),
        () -> completed() >= before + count || context.state() == StreamState.FAILED);
    checkFailure();
  }

  /** Throws what the stream has failed with, if it has. */
  void checkFailure() {
    if (context.state() == StreamState.FAILED) {
      try {
        context.awaitTermination();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  long completed() {
    return seen(StreamEvent.BatchCompleted.class).size();
  }

  <E extends StreamEvent> List<E> seen(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
