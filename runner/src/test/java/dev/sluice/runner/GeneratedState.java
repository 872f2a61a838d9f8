package dev.sluice.runner;

import dev.sluice.runner.GeneratedShape.Fact;
import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.state.CombiningState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** A DoFn with state. */
record GeneratedState(Kind kind) implements GeneratedStep {

  enum Kind {
    /** With each element how many there have been. */
    COUNT,
    /** The sum when the window expires. */
    EXPIRE,
    /** The sum at the end of the window, and what comes later. */
    TIMER
  }

  @Override
  public boolean fits(GeneratedShape shape) {
    return shape.is(Fact.EXACT)
        && !shape.is(Fact.PANES)
        && !shape.is(Windowing.SESSIONS)
        && (kind != Kind.COUNT || shape.is(Fact.KNOWN));
  }

  @Override
  public GeneratedShape after(GeneratedShape shape) {
    boolean onTime = shape.is(Fact.ON_TIME);
    return switch (kind) {
      case COUNT -> shape.with(Fact.TIMED, false);
      case EXPIRE ->
          ended(shape)
              .with(Fact.KNOWN, true)
              .with(Fact.ON_TIME, onTime && !shape.is(Fact.LATENESS));
      case TIMER -> ended(shape).with(Fact.KNOWN, onTime);
    };
  }

  private static GeneratedShape ended(GeneratedShape shape) {
    return shape
        .with(Fact.TIMED, true)
        .with(Fact.AT_THE_END, shape.is(Fact.AT_THE_END) || shape.is(Windowing.GLOBAL));
  }

  @Override
  public PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input) {
    return input.apply(
        name + " " + kind,
        ParDo.of(
            switch (kind) {
              case COUNT -> new CountFn();
              case EXPIRE -> new ExpireFn();
              case TIMER -> new TimerFn();
            }));
  }

  @Override
  public List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape) {
    List<GeneratedElement> output = new ArrayList<>();
    for (List<GeneratedElement> group : GeneratedGrouping.groups(input, shape)) {
      if (kind == Kind.COUNT) {
        for (int i = 0; i < group.size(); i++) {
          GeneratedElement element = group.get(i);
          output.add(element.with(element.key(), i + 1));
        }
      } else {
        GeneratedElement first = group.get(0);
        long sum = group.stream().mapToLong(GeneratedElement::value).sum();
        output.add(first.with(first.key(), sum).at(first.window().last(), first.window()));
      }
    }
    return output;
  }

  static final class CountFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("count")
    private final StateSpec<CombiningState<Long, long[], Long>> count =
        StateSpecs.combining(Sum.ofLongs());

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @StateId("count") CombiningState<Long, long[], Long> state,
        OutputReceiver<KV<String, Long>> out) {
      state.add(1L);
      out.output(KV.of(pair.getKey(), state.read()));
    }
  }

  static final class ExpireFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("total")
    private final StateSpec<CombiningState<Long, long[], Long>> total =
        StateSpecs.combining(Sum.ofLongs());

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        @StateId("total") CombiningState<Long, long[], Long> state) {
      state.add(pair.getValue());
    }

    @OnWindowExpiration
    public void onExpiration(
        @Key String key,
        @StateId("total") CombiningState<Long, long[], Long> state,
        OutputReceiver<KV<String, Long>> out) {
      out.output(KV.of(key, state.read()));
    }
  }

  static final class TimerFn extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("total")
    private final StateSpec<CombiningState<Long, long[], Long>> total =
        StateSpecs.combining(Sum.ofLongs());

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Long> pair,
        BoundedWindow window,
        @StateId("total") CombiningState<Long, long[], Long> state,
        @TimerId("end") Timer timer) {
      state.add(pair.getValue());
      timer.set(window.maxTimestamp());
    }

    @OnTimer("end")
    public void onEnd(
        @Key String key,
        @StateId("total") CombiningState<Long, long[], Long> state,
        OutputReceiver<KV<String, Long>> out) {
      out.output(KV.of(key, state.read()));
      state.clear();
    }
  }
}
