package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

/** A DoFn that is retried behind one whose output is never the same. */
class StableInputTest {
  private static final int ELEMENTS = 20;

  private final Shared<List<List<Long>>> attempts = Shared.of(new CopyOnWriteArrayList<>());
  private final Pipeline pipeline =
      Pipeline.create(TestOptions.of("--maxTaskAttempts=4", "--parallelism=1"));

  @Test
  void isTheSameAtEachAttempt() {
    unstable().apply("Consumer", ParDo.of(new Stable(attempts)));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(2, attempts.get().size());
    assertEquals(ELEMENTS, attempts.get().get(0).size());
    assertEquals(attempts.get().get(0), attempts.get().get(1));
  }

  @Test
  void isTheSameAtEachAttemptOfADoFnWithState() {
    unstable()
        .apply("Keys", WithKeys.of("key"))
        .apply("Consumer", ParDo.of(new StableWithState(attempts)));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(2, attempts.get().size());
    assertEquals(ELEMENTS, attempts.get().get(0).size());
    assertEquals(attempts.get().get(0), attempts.get().get(1));
  }

  @Test
  void isNeededForThat() {
    unstable().apply("Consumer", ParDo.of(new Unstable(attempts)));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(2, attempts.get().size());
    assertNotEquals(attempts.get().get(0), attempts.get().get(1));
  }

  private PCollection<Long> unstable() {
    return pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Never the same", ParDo.of(new NeverTheSame()));
  }

  /** Outputs a value that it has never output before, in whatever attempt. */
  private static final class NeverTheSame extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Shared<AtomicLong> next = Shared.of(new AtomicLong());

    @ProcessElement
    public void process(OutputReceiver<Long> out) {
      out.output(next.get().incrementAndGet());
    }
  }

  /** Keeps what an attempt was given; the first one fails at the end. */
  private abstract static class Consumer<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<List<List<Long>>> attempts;
    private transient List<Long> seen;

    Consumer(Shared<List<List<Long>>> attempts) {
      this.attempts = attempts;
    }

    @StartBundle
    public void startBundle() {
      seen = new ArrayList<>();
    }

    void see(long n) {
      seen.add(n);
    }

    @FinishBundle
    public void finishBundle() {
      attempts.get().add(seen);
      if (attempts.get().size() == 1) {
        throw new IllegalStateException("the first attempt fails on purpose");
      }
    }
  }

  private static final class Stable extends Consumer<Long> {
    private static final long serialVersionUID = 1L;

    Stable(Shared<List<List<Long>>> attempts) {
      super(attempts);
    }

    @RequiresStableInput
    @ProcessElement
    public void process(@Element Long n) {
      see(n);
    }
  }

  private static final class StableWithState extends Consumer<KV<String, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("last")
    private final StateSpec<ValueState<Long>> last = StateSpecs.value();

    StableWithState(Shared<List<List<Long>>> attempts) {
      super(attempts);
    }

    @RequiresStableInput
    @ProcessElement
    public void process(@Element KV<String, Long> pair, @StateId("last") ValueState<Long> state) {
      state.write(pair.getValue());
      see(pair.getValue());
    }
  }

  private static final class Unstable extends Consumer<Long> {
    private static final long serialVersionUID = 1L;

    Unstable(Shared<List<List<Long>>> attempts) {
      super(attempts);
    }

    @ProcessElement
    public void process(@Element Long n) {
      see(n);
    }
  }
}
