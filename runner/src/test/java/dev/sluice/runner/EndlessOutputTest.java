package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DoFn that outputs without end for one element, and never looks whether it is interrupted. */
class EndlessOutputTest {
  @TempDir private Path folder;
  private final Latch reached = new Latch(1);

  @Test
  void endsWhenThePipelineIsCancelled() throws Exception {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(1))
        .apply("Endless", ParDo.of(new Endless<>(reached, Long.MAX_VALUE)))
        .apply("Behind", ParDo.of(new Endless<>(new Latch(1), 0)));
    PipelineResult result = pipeline.run();
    reached.await();
    assertEquals(
        State.CANCELLED, assertTimeoutPreemptively(Duration.ofSeconds(20), result::cancel));
  }

  @Test
  void mayFillManyRuns() {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--maxTaskAttempts=1", "--memoryFraction=0.00001", "--tempFolder=" + folder));
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(1))
        .apply("Many", ParDo.of(new Endless<>(reached, 3_000_000)))
        .apply("Group", GroupByKey.create());
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  static final class Endless<T> extends DoFn<T, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final Latch reached;
    private final long end;

    Endless(Latch reached, long end) {
      this.reached = reached;
      this.end = end;
    }

    @ProcessElement
    public void process(OutputReceiver<KV<String, Long>> out) {
      for (long n = 0; n < end; n++) {
        out.output(KV.of("key", n));
        if (n == 1000) {
          reached.open();
        }
      }
    }
  }
}
