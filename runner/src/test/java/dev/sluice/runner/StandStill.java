package dev.sluice.runner;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has a program stand still when it comes to a point for the n-th time: it says so on its standard
 * output, and goes on when there is something on its standard input. Safe for use by many threads,
 * of which one stands still.
 */
final class StandStill implements EngineListener {
  static final String HERE = "stands still at ";

  private final KillPoint point;
  private final AtomicInteger left;

  /** Whether batches with records were committed since a checkpoint was started. */
  private boolean isUncovered;

  /** Whether the checkpoint that was started last is the first to cover some records. */
  private volatile boolean isCovering;

  /** To stand still at the {@code nth} time, counted from 1. */
  StandStill(KillPoint point, int nth) {
    this.point = point;
    this.left = new AtomicInteger(nth);
  }

  /** Never to do so. */
  static StandStill never() {
    return new StandStill(null, 0);
  }

  /** The engine tells of the ledger's moves on the thread that makes them. */
  @Override
  public void onEvent(EngineEvent event) {
    if (event instanceof EngineEvent.BatchCompleted batch) {
      isUncovered |= batch.records() > 0;
    } else if (event instanceof EngineEvent.CheckpointStarted) {
      isCovering = isUncovered;
      isUncovered = false;
    }
    KillPoint.of(event).ifPresent(this::at);
  }

  /** The program has come to {@code reached}. */
  void at(KillPoint reached) {
    if (reached != point
        // A file that lets nothing go makes no difference.
        || (point.isOfFile() && !isCovering)
        || left.decrementAndGet() != 0) {
      return;
    }
    System.out.println(HERE + point);
    try {
      if (System.in.read() < 0) {
        // Whoever has started the program is gone.
        Runtime.getRuntime().halt(1);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
