package dev.sluice.engine.exchange;

import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Takes the records of one attempt for one exchange. For use by the attempt's thread.
 *
 * <p>Memory is reserved in steps of about 256 KiB. If a step is refused, even after finished
 * segments have spilled, this writer spills what it holds, unless that is too little to be worth a
 * file; then the step is taken all the same.
 */
public final class ExchangeWriter implements Output<Object> {
  private static final long MAX_STEP_BYTES = 256 << 10;
  private static final long MAX_KEPT_BYTES = 4 << 20;

  private final Distribution distribution;
  private final MemoryBudget budget;
  private final Segment segment;
  private final Sampling sampling;
  private final long stepBytes;
  private final long keptBytes;
  private long pendingBytes;

  ExchangeWriter(Distribution distribution, Segment segment, Layout layout, MemoryBudget budget) {
    this.distribution = distribution;
    this.segment = segment;
    this.budget = budget;
    this.sampling = new Sampling(layout);
    this.stepBytes = Math.min(MAX_STEP_BYTES, budget.limitBytes() / 32);
    this.keptBytes = Math.min(MAX_KEPT_BYTES, budget.limitBytes() / 8);
  }

  @Override
  public void emit(Object record) {
    try {
      int partition = distribution.append(record, segment);
      pendingBytes += segment.lookAtLast(partition, sampling);
      if (pendingBytes > stepBytes) {
        reservePending();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends writing and hands over what was written. */
  public Segment finish() throws IOException {
    reservePending();
    return segment;
  }

  /** What was written so far, to be discarded with a failed attempt. */
  public Segment abandoned() {
    return segment;
  }

  private void reservePending() throws IOException {
    long bytes = pendingBytes;
    pendingBytes = 0;
    if (!budget.reserve(bytes)) {
      if (segment.reservedBytes() + bytes >= keptBytes) {
        segment.spillNow();
        return;
      }
      budget.force(bytes);
    }
    segment.reserved(bytes);
  }
}
