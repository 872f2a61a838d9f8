package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A DoFn of a stream that is retried behind one whose output is never the same. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamedStableInputTest {

  @Test
  void isTheSameAtEachAttempt() {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of("--batchDurationMs=5", "--maxTaskAttempts=4", "--parallelism=1"));
    Stable stable = new Stable();
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(40, new InBatches(10))))
        .apply("Never the same", ParDo.of(new NeverTheSame()))
        .apply("Stable", ParDo.of(stable));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    List<List<Long>> attempts = stable.attempts.get();
    int failed = stable.failed.get().get(0);
    assertEquals(attempts.get(failed), attempts.get(failed + 1));
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      if (i != failed) {
        all.addAll(attempts.get(i));
      }
    }
    assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), all);
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

  /** Keeps what each attempt is given; the one that is given 15 first fails. */
  private static final class Stable extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<List<List<Long>>> attempts = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<List<Integer>> failed = Shared.of(new CopyOnWriteArrayList<>());
    private transient List<Long> seen;

    @StartBundle
    public void startBundle() {
      seen = new ArrayList<>();
    }

    @RequiresStableInput
    @ProcessElement
    public void process(@Element Long n) {
      seen.add(n);
    }

    @FinishBundle
    public void finishBundle() {
      attempts.get().add(seen);
      if (seen.contains(15L) && failed.get().isEmpty()) {
        failed.get().add(attempts.get().size() - 1);
        throw new IllegalStateException("an attempt fails on purpose");
      }
    }
  }
}
