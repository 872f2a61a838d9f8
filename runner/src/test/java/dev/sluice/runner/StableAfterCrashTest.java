package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stable input is the same in the process that follows one which has failed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StableAfterCrashTest {
  private static final int COUNT = 200;
  private static final int CRASHES = 4;

  @TempDir Path folder;

  /** Outputs a value that it has never output before, in whatever process. */
  private static final class NeverTheSame extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Shared<AtomicLong> next;

    NeverTheSame(Shared<AtomicLong> next) {
      this.next = next;
    }

    @ProcessElement
    public void process(OutputReceiver<Long> out) {
      out.output(next.get().incrementAndGet());
    }
  }

  /** Keeps what each bundle is given; some of the first bundles of a process fail. */
  private static final class Stable extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<List<List<Long>>> bundles;
    private final Shared<List<List<Long>>> failed;
    private transient List<Long> seen;

    Stable(Shared<List<List<Long>>> bundles, Shared<List<List<Long>>> failed) {
      this.bundles = bundles;
      this.failed = failed;
    }

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
      boolean fails = failed.get().size() < CRASHES && bundles.get().size() % 2 == 1;
      if (fails) {
        failed.get().add(seen);
      }
      bundles.get().add(seen);
      if (fails) {
        throw new IllegalStateException("a bundle fails on purpose");
      }
    }
  }

  @Test
  void whatAFailedBundleHasSeenComesAgainAndNothingElseDoes() {
    Shared<AtomicLong> next = Shared.of(new AtomicLong());
    Shared<List<List<Long>>> bundles = Shared.of(new CopyOnWriteArrayList<>());
    Shared<List<List<Long>>> failed = Shared.of(new CopyOnWriteArrayList<>());
    InBatches conduct = new InBatches(10);
    for (int crash = 0; crash < CRASHES; crash++) {
      assertThrows(
          RuntimeException.class,
          () -> pipeline(conduct, next, bundles, failed).run().waitUntilFinish());
    }
    assertEquals(State.DONE, pipeline(conduct, next, bundles, failed).run().waitUntilFinish());
    List<Long> all = new ArrayList<>();
    bundles.get().forEach(all::addAll);
    for (List<Long> again : failed.get()) {
      assertTrue(all.containsAll(again));
      again.forEach(n -> assertTrue(all.remove(n), n + " did not come again"));
    }
    assertEquals(COUNT, all.size(), "each number once, and those of failed bundles once more");
    assertEquals(COUNT, all.stream().distinct().count());
  }

  private Pipeline pipeline(
      InBatches conduct,
      Shared<AtomicLong> next,
      Shared<List<List<Long>>> bundles,
      Shared<List<List<Long>>> failed) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=1",
                "--maxTaskAttempts=1",
                "--parallelism=1",
                "--checkpointIntervalMs=1",
                "--checkpointDir=" + folder));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(COUNT, conduct)))
        .apply("Never the same", ParDo.of(new NeverTheSame(next)))
        .apply("Stable", ParDo.of(new Stable(bundles, failed)));
    return pipeline;
  }
}
