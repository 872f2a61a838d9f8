package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source of two splits, of which one gives nothing but its watermark. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SplitWatermarksTest {
  private static final int ELEMENTS = 20;

  @ParameterizedTest
  @ValueSource(strings = {"--parallelism=1", "--parallelism=7"})
  void closeWindowsWithTheirLeast(String option) throws InterruptedException {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=5", option));
    Latch closed = new Latch(1);
    OneIsIdle conduct = new OneIsIdle();
    Gathered<String> gathered = new Gathered<>();
    pipeline
        .apply("Numbers", Read.from(NumbersSource.ofSplits(2, ELEMENTS, conduct)))
        .apply("Windows", Window.into(FixedWindows.of(Duration.millis(10))))
        .apply("Keys", WithKeys.of("all"))
        .apply("Count", Count.perKey())
        .apply("Counts", Values.create())
        .apply("Times", ParDo.of(new NotesWhen(conduct.idleMoves, closed)))
        .apply("Gathered", gathered);
    PipelineResult result = pipeline.run();
    closed.await();
    assertEquals(State.RUNNING, result.getState());
    conduct.ends.raise();
    assertEquals(State.DONE, result.waitUntilFinish());
    assertEquals(
        List.of(
            "10 in [1970-01-01T00:00:00.000Z..1970-01-01T00:00:00.010Z) true",
            "10 in [1970-01-01T00:00:00.010Z..1970-01-01T00:00:00.020Z) true"),
        gathered.sorted());
  }

  /**
   * The first split's watermark follows its records; the second has no records, and its watermark
   * leaves the first window only when all records of the first are committed.
   */
  private static final class OneIsIdle extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Flag idleMoves = new Flag();
    private final Flag ends = new Flag();

    @Override
    boolean gives(int split, long next) {
      return split == 0;
    }

    @Override
    void finalized(int split, long next) {
      if (next == ELEMENTS) {
        idleMoves.raise();
      }
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      if (ends.isRaised()) {
        return BoundedWindow.TIMESTAMP_MAX_VALUE;
      }
      return Instant.ofEpochMilli(split == 0 ? next : idleMoves.isRaised() ? 1000 : 5);
    }
  }

  /** Adds to a count its window, and whether the idle split's watermark has moved. */
  private static final class NotesWhen extends DoFn<Long, String> {
    private static final long serialVersionUID = 1L;
    private final Flag idleMoves;
    private final Latch closed;

    NotesWhen(Flag idleMoves, Latch closed) {
      this.idleMoves = idleMoves;
      this.closed = closed;
    }

    @ProcessElement
    public void process(@Element Long count, BoundedWindow window, OutputReceiver<String> out) {
      out.output(count + " in " + window + " " + idleMoves.isRaised());
      closed.open();
    }
  }
}
