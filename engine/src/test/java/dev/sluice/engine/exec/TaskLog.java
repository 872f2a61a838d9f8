package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps what the driving thread tells of tasks, for the thread of the test to look at. */
final class TaskLog implements TaskListener, EngineListener {
  private final List<String> submitted = new CopyOnWriteArrayList<>();
  private final List<String> succeeded = new CopyOnWriteArrayList<>();
  private final List<String> discarded = new CopyOnWriteArrayList<>();
  private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
  private final BlockingQueue<EngineEvent> unread = new LinkedBlockingQueue<>();
  private final Semaphore successes = new Semaphore(0);

  private static String name(TaskScope attempt) {
    return attempt.partition() + "/" + attempt.attempt();
  }

  @Override
  public void submitted(TaskScope attempt) {
    submitted.add(name(attempt));
  }

  @Override
  public void succeeded(TaskScope attempt) {
    succeeded.add(name(attempt));
    successes.release();
  }

  @Override
  public void discarded(TaskScope attempt) {
    discarded.add(name(attempt));
  }

  @Override
  public void onEvent(EngineEvent event) {
    events.add(event);
    unread.add(event);
  }

  /** Waits until {@code count} more tasks have succeeded. */
  void awaitSuccesses(int count) throws InterruptedException {
    assertTrue(
        successes.tryAcquire(count, RunningJob.LIMIT_S, TimeUnit.SECONDS),
        "tasks have not succeeded");
  }

  /** Whether there is an event of {@code type} within a moment. */
  boolean sees(Class<? extends EngineEvent> type) throws InterruptedException {
    EngineEvent event = unread.poll(10, TimeUnit.MILLISECONDS);
    return type.isInstance(event);
  }

  /** {@code task/attempt} of those handed to the executor. */
  List<String> submitted() {
    return submitted;
  }

  List<String> succeeded() {
    return succeeded;
  }

  List<String> discarded() {
    return discarded;
  }

  <E extends EngineEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<EngineEvent> events() {
    return events;
  }
}
