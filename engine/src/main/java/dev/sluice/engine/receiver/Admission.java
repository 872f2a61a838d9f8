package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.IntSupplier;

/**
 * Decides who may store when, over the life of a generator. Guarded by the generator's lock, to
 * which the condition belongs.
 *
 * <p>A store that has begun before the receiver is stopped gracefully still succeeds, even if it
 * was being held up: from then on nothing waits, and blocks are not complete until it is done.
 */
final class Admission {
  /** How long a graceful stop waits for stores to end, whose records may come from anywhere. */
  private static final long LAST_STORES_MS = 1_000;

  private final Condition changed;
  private final IntSupplier queuedBlocks;
  private final int maxQueuedBlocks;
  private final Clock clock;
  private final RateLimiter limiter;
  private GeneratorState state = GeneratorState.INITIALIZED;
  private boolean paused;
  private boolean draining;
  private int storing;

  /**
   * @param changed signalled whenever something is different, by the generator too
   * @param queuedBlocks how many blocks wait now
   */
  Admission(Condition changed, IntSupplier queuedBlocks, ReceiverOptions options, Clock clock) {
    this.changed = changed;
    this.queuedBlocks = queuedBlocks;
    this.maxQueuedBlocks = options.queuedBlocks();
    this.clock = clock;
    this.limiter = new RateLimiter(options.maxRate(), clock.nowMs());
  }

  GeneratorState state() {
    return state;
  }

  boolean paused() {
    return paused;
  }

  /** Begins a store, once it may: to be followed by {@link #end} unless it throws. */
  void begin() {
    if (!state.adding()) {
      throw notStored();
    }
    storing++;
    boolean admitted = false;
    try {
      awaitTurn();
      check();
      admitted = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotStoredException("interrupted while waiting to store; nothing was stored", e);
    } finally {
      if (!admitted) {
        end();
      }
    }
  }

  private void awaitTurn() throws InterruptedException {
    while (state.adding() && !draining) {
      if (paused || queuedBlocks.getAsInt() >= maxQueuedBlocks) {
        changed.await();
        continue;
      }
      long waitMs = limiter.limited() ? limiter.waitMs(clock.nowMs()) : 0;
      if (waitMs == 0) {
        return;
      }
      ClockWait.await(changed, waitMs);
    }
  }

  /** Throws unless a store that has begun may still succeed. */
  void check() {
    if (!state.adding() && !(draining && state == GeneratorState.STOPPED_ADDING_DATA)) {
      throw notStored();
    }
  }

  /** Pays for the records of a store. */
  void charge(long records) {
    limiter.charge(records);
  }

  void end() {
    storing--;
    if (draining) {
      changed.signalAll();
    }
  }

  private NotStoredException notStored() {
    return new NotStoredException(
        state == GeneratorState.INITIALIZED
            ? "nothing was stored: the receiver has not been started"
            : "nothing was stored: the receiver has been stopped, or has ended");
  }

  void pause(boolean pause) {
    paused = pause;
    changed.signalAll();
  }

  void rate(double recordsPerSecond) {
    limiter.rate(recordsPerSecond, clock.nowMs());
    changed.signalAll();
  }

  boolean limited() {
    return limiter.limited();
  }

  /** Enters a later state; without effect if it is not later. */
  void enter(GeneratorState next) {
    if (next.compareTo(state) > 0) {
      state = next;
      changed.signalAll();
    }
  }

  /** From now on nothing waits. */
  void drain() {
    draining = true;
    changed.signalAll();
  }

  /** Lets no store begin, and none that has begun succeed. */
  void refuse() {
    draining = false;
    enter(GeneratorState.STOPPED_ADDING_DATA);
  }

  /** Lets no store begin, and waits for those that have if they may succeed. */
  void close() {
    enter(GeneratorState.STOPPED_ADDING_DATA);
    try {
      long leftNanos = TimeUnit.MILLISECONDS.toNanos(LAST_STORES_MS);
      while (draining && storing > 0 && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
