package dev.sluice.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.SetState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;

/** Keeps the numbers of a window in state of each kind, and tells of them at its end. */
final class KilledState extends DoFn<KV<String, Long>, String> {
  private static final long serialVersionUID = 1L;

  @StateId("most")
  private final StateSpec<ValueState<Long>> mostSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("numbers")
  private final StateSpec<BagState<Long>> numbersSpec = StateSpecs.bag(VarLongCoder.of());

  @StateId("counts")
  private final StateSpec<MapState<Long, Long>> countsSpec =
      StateSpecs.map(VarLongCoder.of(), VarLongCoder.of());

  @StateId("rests")
  private final StateSpec<SetState<Long>> restsSpec = StateSpecs.set(VarLongCoder.of());

  @StateId("sum")
  private final StateSpec<CombiningState<Long, long[], Long>> sumSpec =
      StateSpecs.combining(Sum.ofLongs());

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @ProcessElement
  public void process(
      @Element KV<String, Long> pair,
      BoundedWindow window,
      @StateId("most") ValueState<Long> most,
      @StateId("numbers") BagState<Long> numbers,
      @StateId("counts") MapState<Long, Long> counts,
      @StateId("rests") SetState<Long> rests,
      @StateId("sum") CombiningState<Long, long[], Long> sum,
      @TimerId("end") Timer end) {
    long number = pair.getValue();
    Long before = most.read();
    most.write(before == null ? number : Math.max(before, number));
    numbers.add(number);
    Long count = counts.get(number % 3).read();
    counts.put(number % 3, count == null ? 1 : count + 1);
    rests.add(number % 11);
    sum.add(number);
    end.set(window.maxTimestamp());
  }

  @OnTimer("end")
  public void onEnd(
      @Key String key,
      BoundedWindow window,
      @StateId("most") ValueState<Long> most,
      @StateId("numbers") BagState<Long> numbers,
      @StateId("counts") MapState<Long, Long> counts,
      @StateId("rests") SetState<Long> rests,
      @StateId("sum") CombiningState<Long, long[], Long> sum,
      OutputReceiver<String> output) {
    List<Long> all = new ArrayList<>();
    numbers.read().forEach(all::add);
    Map<Long, Long> byRest = new TreeMap<>();
    counts.entries().read().forEach(entry -> byRest.put(entry.getKey(), entry.getValue()));
    TreeSet<Long> found = new TreeSet<>();
    rests.read().forEach(found::add);
    output.output(
        text(
            key,
            window.maxTimestamp().getMillis(),
            most.read(),
            all.stream().sorted().toList(),
            byRest,
            found,
            sum.read()));
    most.clear();
    numbers.clear();
    counts.clear();
    rests.clear();
    sum.clear();
  }

  /** What it tells of the {@code numbers} of a key and window. */
  static String expected(String key, long end, Collection<Long> numbers) {
    Map<Long, Long> byRest = new TreeMap<>();
    numbers.forEach(number -> byRest.merge(number % 3, 1L, Long::sum));
    TreeSet<Long> found = new TreeSet<>();
    numbers.forEach(number -> found.add(number % 11));
    long sum = numbers.stream().mapToLong(n -> n).sum();
    long most = numbers.stream().mapToLong(n -> n).max().getAsLong();
    return text(key, end, most, numbers.stream().sorted().toList(), byRest, found, sum);
  }

  private static String text(
      String key,
      long end,
      long most,
      List<Long> numbers,
      Map<Long, Long> counts,
      Collection<Long> rests,
      long sum) {
    return "state %s %d: %d %s %s %s %d".formatted(key, end, most, numbers, counts, rests, sum);
  }
}
