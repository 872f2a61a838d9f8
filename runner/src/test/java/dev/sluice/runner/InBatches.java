package dev.sluice.runner;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives a source's records in batches of {@code size}: those of a batch come when all before them
 * are committed, so that no two of these batches are one of the runner's.
 */
class InBatches extends NumbersSource.Conduct {
  private static final long serialVersionUID = 1L;

  private final int size;
  private final Shared<Map<Integer, Long>> finalized = Shared.of(new ConcurrentHashMap<>());

  InBatches(int size) {
    this.size = size;
  }

  /** What is before the mark was committed, perhaps by a run before this one. */
  @Override
  void opened(int split, Long from) {
    if (from != null) {
      finalized.get().merge(split, from, Math::max);
    }
    super.opened(split, from);
  }

  @Override
  boolean gives(int split, long next) {
    return next % size != 0 || finalized.get().getOrDefault(split, 0L) >= next;
  }

  @Override
  void finalized(int split, long next) throws IOException {
    finalized.get().merge(split, next, Math::max);
  }
}
