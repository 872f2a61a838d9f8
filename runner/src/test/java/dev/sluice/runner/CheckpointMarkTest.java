package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the checkpoint marks of an unbounded source are finalized. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CheckpointMarkTest {
  private static final int ELEMENTS = 50;
  private static final int FAILING = 15;

  private final Noting noting = new Noting(false);
  private final Gathered<Long> gathered = new Gathered<>();

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7", "--maxBundleSize=1"})
  void isAfterTheCommitInOrderAndOnce(String option) {
    assertEquals(State.DONE, start(0, option).waitUntilFinish());
    assertFinalizedInOrder();
  }

  @Test
  void isAfterTheAttemptThatSucceeds() {
    assertEquals(State.DONE, start(2, "--maxTaskAttempts=4").waitUntilFinish());
    assertFinalizedInOrder();
  }

  @Test
  void isNeverIfTheBundleFails() {
    Pipeline pipeline = pipeline(noting, 1, "--maxTaskAttempts=1");
    noting.started.get().complete(null);
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(IllegalStateException.class, "fails on purpose at " + FAILING);
    assertTrue(
        noting.marks().stream().allMatch(mark -> mark <= FAILING),
        () -> "finalized: " + noting.marks());
    assertTrue(noting.marks().contains(10L), () -> "finalized: " + noting.marks());
  }

  @Test
  void mayFailWithoutHarmToTheBatch() {
    Noting failing = new Noting(true);
    PipelineResult result = pipeline(failing, 0, "--maxTaskAttempts=1").run();
    failing.started.get().complete(result);
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(ELEMENTS, gathered.elements().size());
    assertEquals(ELEMENTS, failing.last());
  }

  private PipelineResult start(int failures, String option) {
    PipelineResult result = pipeline(noting, failures, option).run();
    noting.started.get().complete(result);
    return result;
  }

  private Pipeline pipeline(Noting conduct, int failures, String option) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(ELEMENTS, conduct)))
        .apply("Counts", ParDo.of(new Counts(failures)))
        .apply("Gathered", gathered);
    return pipeline;
  }

  private void assertFinalizedInOrder() {
    List<Long> marks = noting.marks();
    assertEquals(marks.stream().sorted().distinct().toList(), marks);
    assertEquals(ELEMENTS, noting.last());
    assertTrue(marks.containsAll(List.of(10L, 20L, 30L, 40L)), () -> "finalized: " + marks);
    assertEquals(List.of(), noting.early.get());
    assertEquals(ELEMENTS, gathered.elements().size());
  }

  /**
   * Notes which marks are finalized, and those that are before what they stand for is committed.
   */
  private static final class Noting extends InBatches {
    private static final long serialVersionUID = 1L;
    private final boolean failing;
    private final Shared<List<Long>> marks = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<List<Long>> early = Shared.of(new CopyOnWriteArrayList<>());
    private final Shared<CompletableFuture<PipelineResult>> started =
        Shared.of(new CompletableFuture<>());

    Noting(boolean failing) {
      super(10);
      this.failing = failing;
    }

    List<Long> marks() {
      return marks.get();
    }

    long last() {
      return marks().get(marks().size() - 1);
    }

    @Override
    void finalized(int split, long next) throws IOException {
      marks().add(next);
      PipelineResult result = result();
      if (result != null && TestCounter.committed(result) < next) {
        early.get().add(next);
      }
      super.finalized(split, next);
      if (failing) {
        throw new IOException("a mark fails on purpose");
      }
    }

    private PipelineResult result() {
      try {
        return started.get().get(60, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Counts elements; fails at one of them so many times. */
  private static final class Counts extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final FailsOften failing;
    private final Counter counter = TestCounter.counter();

    Counts(int failures) {
      this.failing = new FailsOften(failures);
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      counter.inc();
      out.output(n);
      failing.at(n, FAILING);
    }
  }
}
