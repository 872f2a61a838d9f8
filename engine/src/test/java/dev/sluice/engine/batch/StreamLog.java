package dev.sluice.engine.batch;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.TaskScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What attempts that count have noted, batch by batch. An attempt's notes stay in its scope until
 * the driving thread says that it has succeeded.
 */
final class StreamLog implements TaskListener, EngineListener {
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger discarded = new AtomicInteger();
  private volatile long batch = -1;

  /** Something that an attempt noted. */
  record Seen(long batch, String name, int partition, Object what) {}

  private record Note(String name, Object what) {}

  private static final class Notes {
    private final List<Note> all = new ArrayList<>();
  }

  /** Notes {@code what} under {@code name}, if the attempt comes to count. */
  static void note(TaskScope attempt, String name, Object what) {
    attempt.local(Notes.class, Notes::new).all.add(new Note(name, what));
  }

  /** An operator that notes its elements. */
  static Operator<Object> sink(String name) {
    return context -> element -> note(context.scope(), name, element);
  }

  @Override
  public void submitted(TaskScope attempt) {}

  @Override
  public void succeeded(TaskScope attempt) {
    for (Note note : attempt.local(Notes.class, Notes::new).all) {
      seen.add(new Seen(batch, note.name(), attempt.partition(), note.what()));
    }
  }

  @Override
  public void discarded(TaskScope attempt) {
    discarded.incrementAndGet();
  }

  @Override
  public void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.BatchStarted started) {
      batch = started.batch();
    }
    events.add(event);
  }

  List<Seen> seen(String name) {
    return seen.stream().filter(s -> s.name().equals(name)).toList();
  }

  /** All that was noted under {@code name}, in order. */
  List<Object> all(String name) {
    return seen(name).stream().map(Seen::what).toList();
  }

  /** The same by batch, without those that have none. */
  Map<Long, List<Object>> byBatch(String name) {
    Map<Long, List<Object>> batches = new TreeMap<>();
    for (Seen s : seen(name)) {
      batches.computeIfAbsent(s.batch(), b -> new ArrayList<>()).add(s.what());
    }
    return batches;
  }

  <E extends EngineEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** How many attempts did not count. */
  int discards() {
    return discarded.get();
  }
}
