package dev.sluice.runner;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User code that throws in one of the methods of a combine function. */
class FailingCombineTest {
  private final Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));

  /** The methods of a combine function. */
  private enum Method {
    CREATE_ACCUMULATOR,
    ADD_INPUT,
    COMPACT,
    MERGE_ACCUMULATORS,
    EXTRACT_OUTPUT;

    void reached(Method failing) {
      if (failing == this) {
        throw new IllegalStateException("failed on purpose in " + this);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheCauseAndIsNamed(Method failing) {
    pairs().apply("Within/Sum", Combine.perKey(new FailingSum(failing)));
    assertFails(failing);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE_ACCUMULATOR", "ADD_INPUT", "EXTRACT_OUTPUT"})
  void isTheCauseAndIsNamedInWindowsThatMerge(Method failing) {
    pairs()
        .apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(2))))
        .apply("Within/Sum", Combine.perKey(new FailingSum(failing)));
    assertFails(failing);
  }

  private void assertFails(Method failing) {
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(IllegalStateException.class, "failed on purpose in " + failing);
    run.assertNames("Within/Sum");
  }

  private PCollection<KV<String, Long>> pairs() {
    return pipeline
        .apply("Numbers", GenerateSequence.from(0).to(5))
        .apply("Keys", WithKeys.of("key"));
  }

  private static final class FailingSum extends CombineFn<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Method failing;

    FailingSum(Method failing) {
      this.failing = failing;
    }

    @Override
    public Long createAccumulator() {
      Method.CREATE_ACCUMULATOR.reached(failing);
      return 0L;
    }

    @Override
    public Long addInput(Long sum, Long n) {
      Method.ADD_INPUT.reached(failing);
      return sum + n;
    }

    @Override
    public Long compact(Long sum) {
      Method.COMPACT.reached(failing);
      return sum;
    }

    @Override
    public Long mergeAccumulators(Iterable<Long> sums) {
      Method.MERGE_ACCUMULATORS.reached(failing);
      long sum = 0;
      for (long s : sums) {
        sum += s;
      }
      return sum;
    }

    @Override
    public Long extractOutput(Long sum) {
      Method.EXTRACT_OUTPUT.reached(failing);
      return sum;
    }
  }
}
