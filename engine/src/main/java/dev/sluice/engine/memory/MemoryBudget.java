package dev.sluice.engine.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound on the heap bytes that buffered data may take. Safe for use by many threads.
 *
 * <p>The budget counts; it does not allocate. {@link #reserve} may make others spill and never
 * blocks, {@link #force} always succeeds and is for the few bytes without which a task could not go
 * on.
 */
public final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong peakBytes = new AtomicLong();
  private final Set<Spillable> spillables = new LinkedHashSet<>();

  /** A budget of {@code limitBytes}, at least 1. */
  public MemoryBudget(long limitBytes) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("memory budget of " + limitBytes + " bytes: at least 1");
    }
    this.limitBytes = limitBytes;
  }

  /** Takes {@code bytes} if they are there, after asking finished buffers to spill. */
  public boolean reserve(long bytes) throws IOException {
    if (tryReserve(bytes)) {
      return true;
    }
    for (Spillable candidate : largestFirst()) {
      // Looking at them may have waited for one that another thread had spilled.
      if (tryReserve(bytes)) {
        return true;
      }
      candidate.spill();
    }
    return tryReserve(bytes);
  }

  /** Takes {@code bytes} whether they are there or not. */
  public void force(long bytes) {
    notePeak(usedBytes.addAndGet(bytes));
  }

  /** Gives {@code bytes} back. */
  public void release(long bytes) {
    long now = usedBytes.addAndGet(-bytes);
    if (now < 0) {
      throw new IllegalStateException("released " + -now + " bytes more than were reserved");
    }
  }

  /** Offers {@code spillable} to others that need memory, until {@link #unregister}. */
  public void register(Spillable spillable) {
    synchronized (spillables) {
      spillables.add(spillable);
    }
  }

  /** Takes back {@link #register}; without effect if it is not registered. */
  public void unregister(Spillable spillable) {
    synchronized (spillables) {
      spillables.remove(spillable);
    }
  }

  public long limitBytes() {
    return limitBytes;
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  /** The most bytes that were reserved at once. */
  public long peakBytes() {
    return peakBytes.get();
  }

  private boolean tryReserve(long bytes) {
    while (true) {
      long used = usedBytes.get();
      if (used + bytes > limitBytes) {
        return false;
      }
      if (usedBytes.compareAndSet(used, used + bytes)) {
        notePeak(used + bytes);
        return true;
      }
    }
  }

  private void notePeak(long used) {
    peakBytes.accumulateAndGet(used, Math::max);
  }

  private List<Spillable> largestFirst() {
    record Sized(Spillable spillable, long bytes) {}
    List<Spillable> all;
    synchronized (spillables) {
      all = new ArrayList<>(spillables);
    }
    // Asked outside the lock: a spillable may hold its own while it unregisters.
    return all.stream()
        .map(s -> new Sized(s, s.spillableBytes()))
        .filter(s -> s.bytes() > 0)
        .sorted(Comparator.comparingLong(Sized::bytes).reversed())
        .map(Sized::spillable)
        .toList();
  }
}
