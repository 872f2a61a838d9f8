package dev.sluice.runner;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * A small pipeline that depends on its seed only: events in the order in which they come, and the
 * steps that they go through. {@code onTime} says that no watermark is ahead of an event; otherwise
 * it may be, but so much lateness is allowed that nothing is dropped.
 */
record GeneratedPipeline(
    long seed, int splits, boolean onTime, List<Event> events, List<GeneratedStep> steps) {
  private static final int MOST_STEPS = 5;
  private static final int MOST_OF_A_SPLIT = 9;
  private static final int SPAN_MS = 300;

  GeneratedPipeline {
    if (events.size() % splits != 0) {
      throw new IllegalArgumentException(events.size() + " events in " + splits + " splits");
    }
  }

  record Event(String key, long value, long time) implements Serializable {
    KV<String, Long> pair() {
      return KV.of(key, value);
    }

    @Override
    public String toString() {
      return key + "=" + value + " at " + time;
    }
  }

  static GeneratedPipeline of(long seed) {
    Random random = Seeds.random(seed);
    int splits = random.nextInt(1, 4);
    boolean onTime = random.nextBoolean();
    List<Event> events = new ArrayList<>();
    for (int i = splits * random.nextInt(2, MOST_OF_A_SPLIT + 1); i > 0; i--) {
      String key = List.of("a", "b", "c").get(random.nextInt(3));
      events.add(new Event(key, random.nextInt(30), random.nextInt(SPAN_MS)));
    }
    List<GeneratedStep> steps =
        new GeneratedSteps(random).draw(MOST_STEPS, GeneratedShape.ofInput(onTime));
    return new GeneratedPipeline(seed, splits, onTime, events, steps);
  }

  /** What decides how it is run. */
  Random random() {
    return Seeds.random(seed * 31 + 7);
  }

  /** The events of one split. */
  List<Event> ofSplit(int split) {
    return IntStream.range(0, events.size())
        .filter(i -> i % splits == split)
        .mapToObj(events::get)
        .toList();
  }

  /** What is known of the results. */
  GeneratedShape shape() {
    return GeneratedStep.after(steps, GeneratedShape.ofInput(onTime));
  }

  PCollection<KV<String, Long>> apply(PCollection<KV<String, Long>> input) {
    return GeneratedStep.apply(steps, "step ", input);
  }

  /** The results. */
  List<GeneratedElement> compute() {
    List<GeneratedElement> input =
        events.stream()
            .map(
                event ->
                    new GeneratedElement(
                        event.key(), event.value(), event.time(), GeneratedElement.Span.GLOBAL, 0))
            .toList();
    return GeneratedStep.compute(steps, input, GeneratedShape.ofInput(onTime));
  }

  /** Pipelines that are smaller by half of the events or by a step. */
  List<GeneratedPipeline> smaller() {
    List<GeneratedPipeline> smaller = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      List<GeneratedStep> fewer = new ArrayList<>(steps);
      fewer.remove(i);
      if (GeneratedStep.fit(fewer, GeneratedShape.ofInput(onTime))) {
        smaller.add(new GeneratedPipeline(seed, splits, onTime, events, fewer));
      }
    }
    int size = events.size();
    if (size > 1) {
      smaller.add(with(events.subList(0, size / 2)));
      smaller.add(with(events.subList(size / 2, size)));
    }
    return smaller;
  }

  private GeneratedPipeline with(List<Event> fewer) {
    return new GeneratedPipeline(
        seed, fewer.size() % splits == 0 ? splits : 1, onTime, fewer, steps);
  }

  @Override
  public String toString() {
    return "seed %d, %d splits, %s%nevents %s%n%s"
        .formatted(
            seed,
            splits,
            onTime ? "on time" : "with late events",
            events,
            steps.stream().map(Object::toString).collect(Collectors.joining("\n")));
  }
}
