package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.byKey;
import static dev.sluice.engine.batch.Streams.keyed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random elements and watermarks, what their windows sum up to, and a stream that does it. */
final class RandomWindows {
  private static final int STEPS = 60;
  private static final long SMALL = 4;
  private static final long LARGE = 12;

  private RandomWindows() {}

  /** An element, or, without one, a move of the watermark. */
  record Step(KeyValue element, long watermark) {}

  /** What one operator emits and what is late, computed step by step. */
  private static final class Model {
    private record Window(Object key, long last) {}

    private final long size;
    private final Map<Window, Long> sums = new HashMap<>();
    private final List<Object> late = new ArrayList<>();
    private long watermark = Watermark.START;

    Model(long size) {
      this.size = size;
    }

    void add(KeyValue element) {
      List<?> value = (List<?>) element.value();
      long last = WindowSums.lastOf((Long) value.get(0), size);
      if (last < watermark) {
        late.add(element);
      } else {
        sums.merge(new Window(element.key(), last), (Long) value.get(1), Long::sum);
      }
    }

    List<KeyValue> move(long to) {
      watermark = to;
      List<KeyValue> emitted = new ArrayList<>();
      sums.forEach(
          (window, sum) -> {
            if (window.last() < to) {
              emitted.add(keyed(window.key(), List.of(window.last(), sum)));
            }
          });
      sums.keySet().removeIf(window -> window.last() < to);
      return emitted;
    }
  }

  /** What a run notes, as sorted text. */
  record Outcome(List<String> small, List<String> large, List<String> late) {
    static Outcome of(List<?> small, List<?> large, List<?> late) {
      return new Outcome(sorted(small), sorted(large), sorted(late));
    }

    private static List<String> sorted(List<?> all) {
      return all.stream().map(Object::toString).sorted().toList();
    }
  }

  static List<Step> draw(Random random) {
    List<Step> steps = new ArrayList<>();
    long watermark = 0;
    for (int i = 0; i < STEPS; i++) {
      if (random.nextInt(4) == 0) {
        watermark += random.nextInt(8);
        steps.add(new Step(null, watermark));
      } else {
        long time = watermark - 8 + random.nextInt(30);
        long amount = random.nextInt(1, 21);
        steps.add(new Step(keyed("key " + random.nextInt(5), List.of(time, amount)), 0));
      }
    }
    return steps;
  }

  static Outcome expected(List<Step> steps) {
    Model small = new Model(SMALL);
    Model large = new Model(LARGE);
    List<KeyValue> smallSums = new ArrayList<>();
    List<KeyValue> largeSums = new ArrayList<>();
    List<Step> all = new ArrayList<>(steps);
    all.add(new Step(null, Watermark.END));
    for (Step step : all) {
      if (step.element() != null) {
        small.add(step.element());
      } else {
        List<KeyValue> emitted = small.move(step.watermark());
        smallSums.addAll(emitted);
        emitted.forEach(large::add);
        largeSums.addAll(large.move(step.watermark()));
      }
    }
    assertEquals(List.of(), large.late);
    return Outcome.of(smallSums, largeSums, small.late);
  }

  /** The same steps, with elements that follow each other in events of random size. */
  static List<Script.Event> grouped(List<Step> steps, Random random) {
    List<Script.Event> events = new ArrayList<>();
    List<Object> open = new ArrayList<>();
    for (Step step : steps) {
      if (!open.isEmpty() && (step.element() == null || random.nextInt(3) == 0)) {
        events.add(Streams.elements(open.toArray()));
        open.clear();
      }
      if (step.element() == null) {
        events.add(Streams.watermark(step.watermark()));
      } else {
        open.add(step.element());
      }
      if (open.isEmpty() && random.nextInt(4) == 0) {
        events.add(Streams.time(random.nextInt(100)));
      }
    }
    events.add(Streams.elements(open.toArray()));
    return events;
  }

  /** Sums of small windows, and of large ones of these; notes both, and what is late. */
  static StagePlan plan(List<Script.Event> events, Random random) {
    Program program = new Program();
    Port in = Streams.script(program, "in", events);
    Port small =
        program.operator(
            "small sums", new WindowSums(SMALL, random.nextBoolean()), byKey(program, "one", in));
    Port cut = random.nextBoolean() ? program.pin("pin", small) : small;
    Port large =
        program.operator(
            "large sums", new WindowSums(LARGE, random.nextBoolean()), byKey(program, "two", cut));
    Streams.sink(program, "small", small);
    Streams.sink(program, "large", large);
    return program.plan();
  }
}
