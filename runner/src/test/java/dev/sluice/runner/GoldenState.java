package dev.sluice.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.MapState;
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

/** Keeps a window's numbers in state of several kinds, and tells of them when a timer fires. */
final class GoldenState extends DoFn<KV<String, Long>, String> {
  private static final long serialVersionUID = 1L;

  @StateId("last")
  private final StateSpec<ValueState<Long>> lastSpec = StateSpecs.value(VarLongCoder.of());

  @StateId("numbers")
  private final StateSpec<BagState<Long>> numbersSpec = StateSpecs.bag(VarLongCoder.of());

  @StateId("counts")
  private final StateSpec<MapState<Long, Long>> countsSpec =
      StateSpecs.map(VarLongCoder.of(), VarLongCoder.of());

  @StateId("sum")
  private final StateSpec<CombiningState<Long, long[], Long>> sumSpec =
      StateSpecs.combining(Sum.ofLongs());

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  @ProcessElement
  public void process(
      @Element KV<String, Long> pair,
      BoundedWindow window,
      @StateId("last") ValueState<Long> last,
      @StateId("numbers") BagState<Long> numbers,
      @StateId("counts") MapState<Long, Long> counts,
      @StateId("sum") CombiningState<Long, long[], Long> sum,
      @TimerId("end") Timer end) {
    long number = pair.getValue();
    last.write(number);
    numbers.add(number);
    Long count = counts.get(number % 2).read();
    counts.put(number % 2, count == null ? 1 : count + 1);
    sum.add(number);
    end.set(window.maxTimestamp());
  }

  @OnTimer("end")
  public void onEnd(
      @Key String key,
      BoundedWindow window,
      @StateId("last") ValueState<Long> last,
      @StateId("numbers") BagState<Long> numbers,
      @StateId("counts") MapState<Long, Long> counts,
      @StateId("sum") CombiningState<Long, long[], Long> sum,
      OutputReceiver<String> output) {
    List<Long> all = new ArrayList<>();
    numbers.read().forEach(all::add);
    Map<Long, Long> byRest = new TreeMap<>();
    counts.entries().read().forEach(entry -> byRest.put(entry.getKey(), entry.getValue()));
    output.output(
        "state %s %s: %d %s %s %d"
            .formatted(
                key,
                window.maxTimestamp(),
                last.read(),
                all.stream().sorted().toList(),
                byRest,
                sum.read()));
  }
}
