package dev.sluice.engine.batch;

import dev.sluice.engine.checkpoint.CheckpointFolder.Content;
import dev.sluice.engine.checkpoint.CheckpointFolder.Reader;
import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.storage.DurableStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream that is run again with the same folder whenever it has failed, each time with its state
 * on the heap or on disk as is drawn. What a run has noted counts up to the batch behind which the
 * next run begins.
 */
final class Crashes {
  private final StagePlan plan;
  private final Random random;
  private final List<StreamLog.Seen> seen = new ArrayList<>();
  private int runs;
  private int events;

  Crashes(StagePlan plan, Random random) {
    this.plan = plan;
    this.random = random;
  }

  /** Crashes at an event of the engine, counted over the run. */
  private final class AtEvent implements EngineListener {
    private final StreamBed bed;
    private final int crashAt;
    private long firstBatch = -1;

    AtEvent(StreamBed bed, int crashAt) {
      this.bed = bed;
      this.crashAt = crashAt;
    }

    @Override
    public void onEvent(EngineEvent event) {
      if (event instanceof EngineEvent.BatchPlanned planned && firstBatch < 0) {
        firstBatch = planned.batch();
        seen.removeIf(earlier -> earlier.batch() >= firstBatch);
      }
      bed.clock.advance(random.nextInt(3));
      if (events++ == crashAt) {
        throw new IllegalStateException("crash at " + event);
      }
    }
  }

  /** Nothing. */
  private static final class NoAttachment implements Recovery.Attachment {
    @Override
    public Content save() {
      return out -> {};
    }

    @Override
    public Reader restore() {
      return in -> {};
    }
  }

  /** Runs once; false if it has failed. */
  boolean run(DurableStore store, int crashAt) throws Exception {
    runs++;
    events = 0;
    int parallelism = random.nextInt(1, 4);
    try (StreamBed bed = StreamBed.seeded(random.nextLong(), parallelism)) {
      Recovery recovery =
          new Recovery(store, "run " + runs, 4, 1_000_000, true, new NoAttachment());
      StreamJob stream =
          bed.recovered(plan, StreamBed.drawn(random), recovery, new AtEvent(bed, crashAt));
      try {
        stream.run();
        return true;
      } catch (JobFailedException e) {
        return false;
      } finally {
        for (String name : List.of("small", "large", "small sums")) {
          seen.addAll(bed.log.seen(name));
        }
        bed.assertNothingLeft();
      }
    }
  }

  /** How many events there were in the last run. */
  int events() {
    return events;
  }

  int runs() {
    return runs;
  }

  /** What counts of all runs. */
  RandomWindows.Outcome outcome() {
    return RandomWindows.Outcome.of(noted("small"), noted("large"), noted("small sums"));
  }

  private List<Object> noted(String name) {
    return seen.stream().filter(s -> s.name().equals(name)).map(StreamLog.Seen::what).toList();
  }
}
