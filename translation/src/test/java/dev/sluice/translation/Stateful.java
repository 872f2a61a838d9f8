package dev.sluice.translation;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Remembers the last value of each key. */
final class Stateful extends DoFn<KV<String, Long>, Long> {
  private static final long serialVersionUID = 1L;

  @StateId("last")
  private final StateSpec<ValueState<Long>> last = StateSpecs.value();

  @ProcessElement
  public void process(
      @Element KV<String, Long> pair,
      @StateId("last") ValueState<Long> state,
      OutputReceiver<Long> out) {
    state.write(pair.getValue());
    out.output(pair.getValue());
  }
}
