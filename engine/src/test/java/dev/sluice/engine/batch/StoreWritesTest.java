package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.checkpoint.CheckpointFolder.Content;
import dev.sluice.engine.checkpoint.CheckpointFolder.Reader;
import dev.sluice.engine.checkpoint.HookedStore;
import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.storage.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a stream with a checkpoint folder has its store write something durably. */
class StoreWritesTest {
  private static final int EVENTS = 2_000;
  private static final long BATCH_MS = StreamOptions.DEFAULTS.batchDurationMs();
  private static final long DEFAULT_INTERVAL_MS = 10_000;
  private static final long MOST_A_BATCH = 2;

  /** The claim is renewed by real time: not while a test runs. */
  private static final long LEASE_MS = 1_000_000;

  /** A local store forces the file and its folder. */
  private static final int FORCED_BY_CREATE = 2;

  /** And the folder. */
  private static final int FORCED_BY_DELETE = 1;

  @TempDir Path folder;

  private final Writes writes = new Writes();
  private int batches;
  private int checkpoints;

  /** Counts what a store is asked for. */
  private static final class Writes implements HookedStore.Hook {
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final AtomicInteger creates = new AtomicInteger();
    private final AtomicInteger deletes = new AtomicInteger();

    @Override
    public void after(String operation, String name) {
      switch (operation) {
        case "create" -> {
          creates.incrementAndGet();
          if (name.startsWith("checkpoints/")) {
            checkpoints.incrementAndGet();
          }
        }
        case "delete" -> deletes.incrementAndGet();
        case "append" -> throw new AssertionError("a log: count its syncs");
        default -> {
          // Nothing is written.
        }
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

  private static StagePlan plan() {
    List<Script.Event> events = new ArrayList<>();
    for (long i = 0; i < EVENTS; i++) {
      events.add(Streams.elements(Streams.keyed("key " + i % 5, List.of(i, 1L))));
    }
    Program program = new Program();
    Port in = Streams.script(program, "in", events);
    program.operator("sums", new WindowSums(10, false), Streams.byKey(program, "by key", in));
    return program.plan();
  }

  private void run(long intervalMs) throws Exception {
    Recovery recovery =
        new Recovery(
            new HookedStore(new LocalStore(folder), writes),
            "test",
            intervalMs,
            LEASE_MS,
            false,
            new NoAttachment());
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      EngineListener pace =
          event -> {
            if (event instanceof EngineEvent.CheckpointStarted) {
              checkpoints++;
            } else if (event instanceof EngineEvent.BatchCompleted) {
              batches++;
              bed.clock.advance(BATCH_MS);
              // Batches of a test are much shorter than the writing of a checkpoint.
              Wait.until("written", () -> writes.checkpoints.get() == checkpoints);
            }
          };
      bed.recovered(plan(), StreamOptions.DEFAULTS, recovery, pace).run();
    }
  }

  @Test
  void areAtMostTwoABatchByDefault() throws Exception {
    run(DEFAULT_INTERVAL_MS);
    long renewals = batches * BATCH_MS / (Recovery.DEFAULT_LEASE_MS / 3);
    long forced =
        FORCED_BY_CREATE * (writes.creates.get() + renewals)
            + FORCED_BY_DELETE * (writes.deletes.get() + renewals);
    assertTrue(batches >= EVENTS, "batches: " + batches);
    assertTrue(checkpoints > 10, "checkpoints: " + checkpoints);
    assertTrue(forced <= MOST_A_BATCH * batches, forced + " for " + batches + " batches");
    // There is much room.
    assertTrue(forced <= batches / 10, forced + " for " + batches + " batches");
  }

  /** Beside it there are the claim of the folder and its end. */
  @Test
  void areOneFileACheckpoint() throws Exception {
    run(1);
    assertTrue(checkpoints > 50, "checkpoints: " + checkpoints);
    assertEquals(checkpoints + 2, writes.creates.get());
    assertTrue(writes.deletes.get() <= checkpoints, "deleted: " + writes.deletes);
  }
}
