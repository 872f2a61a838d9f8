package dev.sluice.engine.exchange;

import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Takes the records of one attempt for one exchange. For use by the attempt's thread.
 *
 * <p>Memory is reserved in steps of about 256 KiB. Once the exchange is large, or a step is
 * refused, or from the start if objects are not to be shared, records are encoded when they come.
 * If a step is refused even after finished segments have spilled, this writer spills what it holds,
 * unless that is too little to be worth a file; then the step is taken all the same.
 */
public final class ExchangeWriter implements Output<Object> {
  private static final long MAX_STEP_BYTES = 256 << 10;

  private final Distribution distribution;
  private final Distribution.Target target = this::append;
  private final ExchangeMemory memory;
  private final Segment segment;
  private final Sampling sampling;
  private final long stepBytes;
  private long pendingBytes;
  private boolean encoding;

  ExchangeWriter(Distribution distribution, Segment segment, Layout layout, ExchangeMemory memory) {
    this.distribution = distribution;
    this.segment = segment;
    this.memory = memory;
    this.sampling = new Sampling(layout);
    this.stepBytes = Math.min(MAX_STEP_BYTES, memory.budget().limitBytes() / 32);
    this.encoding = memory.encodes();
  }

  @Override
  public void emit(Object record) {
    try {
      distribution.distribute(record, target);
      if (pendingBytes > stepBytes) {
        reservePending();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(int partition, Object first, Object second) throws IOException {
    pendingBytes +=
        encoding
            ? segment.encode(partition, first, second)
            : segment.append(partition, first, second, sampling);
  }

  /** Ends writing and hands over what was written. */
  public Segment finish() throws IOException {
    reservePending();
    segment.finish();
    return segment;
  }

  /** What was written so far, to be discarded with a failed attempt. */
  public Segment abandoned() {
    return segment;
  }

  private void reservePending() throws IOException {
    long bytes = pendingBytes;
    pendingBytes = 0;
    boolean reserved = memory.reserve(bytes);
    // Not back again: objects come before what is encoded.
    encoding = encoding || !reserved || memory.encodes();
    if (!reserved) {
      if (segment.reservedBytes() + bytes >= memory.keptBytes()) {
        segment.spillNow();
        return;
      }
      memory.force(bytes);
    }
    segment.reserved(bytes);
  }
}
