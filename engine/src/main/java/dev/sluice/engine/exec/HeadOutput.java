package dev.sluice.engine.exec;

import dev.sluice.engine.plan.Output;

/**
 * Where a head emits: counts, notices cancellation, and cuts bundles. For use by the attempt's
 * thread.
 */
final class HeadOutput implements Output<Object> {
  private final Output<Object> next;
  private final Chain chain;
  private final TaskAttempt attempt;
  private final long maxBundleSize;
  private long records;
  private long inBundle;

  HeadOutput(Output<Object> next, Chain chain, TaskAttempt attempt, long maxBundleSize) {
    this.next = next;
    this.chain = chain;
    this.attempt = attempt;
    this.maxBundleSize = maxBundleSize;
  }

  @Override
  public void emit(Object element) {
    attempt.checkStopped();
    attempt.progress(++records);
    next.emit(element);
    if (++inBundle == maxBundleSize) {
      inBundle = 0;
      chain.finishBundle();
    }
  }
}
