package dev.sluice.runner;

import dev.sluice.runner.GeneratedElement.Span;
import dev.sluice.runner.GeneratedShape.Windowing;
import dev.sluice.runner.KilledRecords.Stamped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;

/** What comes of a {@link KilledPipeline}, by computation on lists. */
final class KilledModel {
  private final List<Stamped> records = KilledRecords.all();
  private final List<String> lines = new ArrayList<>();

  private KilledModel() {}

  /** The lines of its file, sorted. */
  static List<String> lines() {
    KilledModel model = new KilledModel();
    model.computeWindows();
    model.computeSessions();
    model.computeNumbers();
    model.computeSteps();
    model.computeMetrics();
    return model.lines.stream().sorted().toList();
  }

  private static long lastOf(long time, long size) {
    return time - time % size + size - 1;
  }

  private void add(String name, String key, long end, long value) {
    lines.add(name + " " + key + " " + end + ": " + value);
  }

  private void computeWindows() {
    Map<Long, Long> views =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    record -> lastOf(record.time(), KilledPipeline.VIEW_MS),
                    Collectors.summingLong(Stamped::number)));
    Map<Long, Map<String, List<Long>>> windows = new TreeMap<>();
    for (Stamped record : records) {
      String key = KilledPipeline.key(record.number());
      long end = lastOf(record.time(), KilledPipeline.WINDOW_MS);
      windows
          .computeIfAbsent(end, e -> new TreeMap<>())
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(record.number());
      long sum = views.get(lastOf(end, KilledPipeline.VIEW_MS));
      add("view", key, end, record.number() + sum + KilledPipeline.MORE);
    }
    windows.forEach(
        (end, keys) ->
            keys.forEach(
                (key, numbers) -> {
                  long sum = numbers.stream().mapToLong(n -> n).sum();
                  add("sum", key, end, sum);
                  add("held", HeldSums.key(key, end), end, sum);
                  lines.add(KilledState.expected(key, end, numbers));
                }));
  }

  private void computeSessions() {
    List<GeneratedElement> active = new ArrayList<>();
    for (Stamped record : records) {
      String key = KilledPipeline.key(record.number());
      if (KilledPipeline.isActive(KV.of(key, record.number()))) {
        long time = record.time();
        Span window = new Span(time, time + KilledPipeline.GAP_MS);
        active.add(new GeneratedElement(key, record.number(), time, window, 0));
      }
    }
    active.sort(Comparator.naturalOrder());
    GeneratedShape sessions =
        GeneratedShape.ofInput(true).with(Windowing.SESSIONS, TimestampCombiner.END_OF_WINDOW);
    for (List<GeneratedElement> group : GeneratedGrouping.groups(active, sessions)) {
      add("session", group.get(0).key(), group.get(0).window().last(), group.size());
    }
  }

  private void computeNumbers() {
    for (Stamped record : records) {
      String key = KilledPipeline.key(record.number());
      lines.add(KilledDelay.expected(key, record.number()));
      lines.add("batch " + key + " " + record.number());
    }
  }

  private void computeSteps() {
    Map<Long, Long> sums =
        LongStream.range(0, KilledSteps.COUNT)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    n -> lastOf(n * KilledSteps.STEP_MS, KilledPipeline.WINDOW_MS),
                    Collectors.summingLong(n -> n)));
    for (String start : KilledPipeline.STARTS) {
      sums.forEach((end, sum) -> add("step", start, end, sum));
    }
  }

  private void computeMetrics() {
    LongSummaryStatistics of = records.stream().mapToLong(Stamped::number).summaryStatistics();
    lines.add("counter numbers " + of.getCount());
    lines.add(
        "distribution values DistributionResult{sum=%d, count=%d, min=%d, max=%d}"
            .formatted(of.getSum(), of.getCount(), of.getMin(), of.getMax()));
  }
}
