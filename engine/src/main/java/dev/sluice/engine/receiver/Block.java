package dev.sluice.engine.receiver;

import java.util.function.Consumer;

/**
 * Records that a receiver stored one after another, with the source's mark before and after them.
 * Safe for use by many threads.
 */
public final class Block<T> {
  private final int streamId;
  private final long number;
  private final Position start;
  private final Position end;
  private final BlockContent<T> data;

  Block(int streamId, long number, Position start, Position end, BlockContent<T> data) {
    this.streamId = streamId;
    this.number = number;
    this.start = start;
    this.end = end;
    this.data = data;
  }

  /** The stream it belongs to. */
  public int streamId() {
    return streamId;
  }

  /** Which block of its receiver it is, counted from 0 by each supervisor. */
  public long number() {
    return number;
  }

  /**
   * How many records it has. Of {@link Unread} ones, how many there are at most until they have
   * been read.
   */
  public long count() {
    return data.count();
  }

  /** Where the source stood before the first record; null before the first mark. */
  public Object startMark() {
    return start.mark();
  }

  /** Where the source stood after the last record: {@link #startMark} if it gave no mark there. */
  public Object endMark() {
    return end.mark();
  }

  /** Milliseconds of event time after the last record. */
  public long watermark() {
    return end.watermark();
  }

  /**
   * Passes all records in order, from memory or from disk, as often as it is called. What the
   * consumer throws comes out as it is.
   *
   * @throws java.io.UncheckedIOException if they cannot be read back
   * @throws IllegalStateException if the block has been released
   */
  public void forEach(Consumer<? super T> consumer) {
    data.forEach(consumer, this);
  }

  /** Gives memory and file back, once nobody reads any more. Without effect the second time. */
  public void release() {
    data.release();
  }

  /** The same block with another position at its end. */
  Block<T> endingAt(Position position) {
    return new Block<>(streamId, number, start, position, data);
  }

  /** Whether its records are still in the source. */
  public boolean isUnread() {
    return data instanceof UnreadContent;
  }

  Position end() {
    return end;
  }

  @Override
  public String toString() {
    return String.format("block %d of stream %d, %d records", number, streamId, count());
  }
}
