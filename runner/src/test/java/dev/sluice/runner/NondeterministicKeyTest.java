package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

/** Keys whose coder may encode equal keys differently. */
class NondeterministicKeyTest {

  @Test
  void cannotBeGroupedBy() {
    PCollection<KV<Double, Long>> pairs = pairs();
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> pairs.apply("Group", GroupByKey.create()));
    assertTrue(thrown.getMessage().contains("must be deterministic"), thrown::getMessage);
  }

  @Test
  void cannotHaveState() {
    PCollection<KV<Double, Long>> pairs = pairs();
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> pairs.apply("Sum", ParDo.of(new Stateful())));
    assertTrue(thrown.getMessage().contains("deterministic key coder"), thrown::getMessage);
  }

  private static PCollection<KV<Double, Long>> pairs() {
    return Pipeline.create(TestOptions.of())
        .apply("Numbers", GenerateSequence.from(0).to(3))
        .apply("Keys", WithKeys.of(1.5))
        .setCoder(KvCoder.of(DoubleCoder.of(), VarLongCoder.of()));
  }

  private static final class Stateful extends DoFn<KV<Double, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("sum")
    private final StateSpec<ValueState<Long>> sum = StateSpecs.value();

    @ProcessElement
    public void process(@StateId("sum") ValueState<Long> state) {
      state.write(1L);
    }
  }
}
