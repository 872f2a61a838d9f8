package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source one of whose splits has nothing to give for a while. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class IdleSplitTest {
  private static final long EACH = 100;

  @TempDir Path folder;

  /** The second split gives nothing before the first has given all. */
  private static final class OneBehindTheOther extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Flag over = new Flag();

    @Override
    boolean gives(int split, long next) {
      return split == 0 || over.isRaised();
    }

    @Override
    void finalized(int split, long next) {
      if (split == 0 && next == EACH) {
        over.raise();
      }
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return last ? BoundedWindow.TIMESTAMP_MAX_VALUE : BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }

  /** The first split gives its first half once the second has been asked twice, for nothing. */
  private static final class Half extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Latch half = new Latch(1);
    private final Flag asked = new Flag();
    private final Flag askedTwice = new Flag();

    @Override
    boolean gives(int split, long next) {
      if (split == 1 && !asked.raiseFirst()) {
        askedTwice.raise();
      }
      return split == 0 && next < EACH / 2 && askedTwice.isRaised();
    }

    @Override
    void finalized(int split, long next) {
      if (split == 0 && next == EACH / 2) {
        half.open();
      }
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }

  /** Gives nothing, and notes where splits are opened. */
  private static final class Opened extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Latch both = new Latch(2);
    private final Shared<Map<Integer, Long>> from = Shared.of(new ConcurrentHashMap<>());

    @Override
    void opened(int split, Long next) {
      from.get().put(split, next == null ? -1 : next);
      both.open();
    }

    @Override
    boolean gives(int split, long next) {
      return false;
    }

    @Override
    Instant watermark(int split, long next, boolean last) {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }
  }

  /** Batches of ten records of a split would come a minute apart. */
  @Test
  void doesNotKeepTheBacklogOfAnotherWaiting() {
    NumbersSource source = NumbersSource.ofSplits(2, EACH, new OneBehindTheOther());
    Gathered<Long> gathered = new Gathered<>();
    Pipeline pipeline =
        Pipeline.create(TestOptions.of("--batchDurationMs=60000", "--maxBatchRecords=20"));
    pipeline.apply("Numbers", Read.from(source)).apply("Gathered", gathered);

    assertEquals(State.DONE, pipeline.run().waitUntilFinish());

    assertEquals(source.numbers(), gathered.sorted());
  }

  /** A source may begin where its stream is at that time. */
  @Test
  void goesOnAtItsFirstPlaceInALaterProcess() throws Exception {
    Half first = new Half();
    cancelled(first, first.half);
    Opened second = new Opened();
    cancelled(second, second.both);
    assertEquals(Map.of(0, EACH / 2, 1, 0L), second.from.get());
  }

  /** Runs until {@code latch} is open. */
  private void cancelled(NumbersSource.Conduct conduct, Latch latch) throws Exception {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=1",
                "--checkpointIntervalMs=5",
                "--checkpointDir=" + folder.resolve("checkpoints")));
    pipeline.apply("Numbers", Read.from(NumbersSource.ofSplits(2, EACH, conduct)));
    var result = pipeline.run();
    latch.await();
    assertEquals(State.CANCELLED, result.cancel());
  }
}
