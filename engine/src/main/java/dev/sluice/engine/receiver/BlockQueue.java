package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Watermark;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The blocks of a receiver that wait for a batch, and where the receiver stands after them. Guarded
 * by the generator's lock.
 */
final class BlockQueue<T> {
  private final int streamId;
  private final Deque<Block<T>> waiting = new ArrayDeque<>();
  private Position position;
  private long blocks;
  private boolean ended;
  private long takenWatermark = Watermark.START;
  private boolean endTaken;
  private boolean markTaken;

  /**
   * An empty queue.
   *
   * @param mark where the source stands, or null
   */
  BlockQueue(int streamId, Object mark) {
    this.streamId = streamId;
    this.position = new Position(mark, 0, Watermark.START);
    this.markTaken = mark != null;
  }

  Object mark() {
    return position.mark();
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the last block waits for somebody to read its records. */
  boolean endsUnread() {
    return !waiting.isEmpty() && waiting.getLast().isUnread();
  }

  long watermark() {
    return position.watermark();
  }

  boolean ended() {
    return ended;
  }

  /** The block that comes next, to be added; it ends at the position after this one. */
  Block<T> next(BlockContent<T> data, Object mark, long watermark) {
    return new Block<>(streamId, blocks, position, position.moved(mark, watermark), data);
  }

  void add(Block<T> next) {
    position = next.end();
    blocks++;
    waiting.addLast(next);
  }

  /**
   * Moves the position without a record.
   *
   * @param onlyQueued whether there are no records after those in the queue, so that its last block
   *     ends here
   */
  void move(Object mark, long watermark, boolean onlyQueued) {
    position = position.moved(mark, watermark);
    if (onlyQueued && !waiting.isEmpty()) {
      waiting.addLast(waiting.removeLast().endingAt(position));
    }
  }

  void end() {
    ended = true;
    move(null, Watermark.END, true);
  }

  /** Whether there are blocks, or something that no {@link #taken} has told yet. */
  boolean hasNews() {
    return !waiting.isEmpty()
        || position.watermark() > takenWatermark
        || ended != endTaken
        // From where to go on: whoever keeps places has to have one, even if no record comes.
        || (position.mark() != null && !markTaken);
  }

  /** Whether {@code records} more would still be within {@code maxRecords}. The first block is. */
  static boolean fits(long records, List<? extends Block<?>> taken, long maxRecords) {
    long before = taken.stream().mapToLong(Block::count).sum();
    return taken.isEmpty() || before + records <= maxRecords;
  }

  void moveTo(List<Block<T>> taken, long maxRecords) {
    while (!waiting.isEmpty() && fits(waiting.getFirst().count(), taken, maxRecords)) {
      taken.add(waiting.removeFirst());
    }
  }

  /**
   * What a batch gets.
   *
   * @param all whether no record waits anywhere after {@code taken}
   */
  Taken<T> taken(List<Block<T>> taken, boolean all) {
    Object mark = null;
    if (all) {
      takenWatermark = position.watermark();
      endTaken = ended;
      mark = position.mark();
    } else if (!taken.isEmpty()) {
      Block<T> last = taken.get(taken.size() - 1);
      takenWatermark = last.watermark();
      mark = last.endMark();
    }
    markTaken |= mark != null;
    return new Taken<>(taken, takenWatermark, endTaken, mark);
  }

  /** Releases the blocks; there is nothing to take any more. */
  void clear() {
    waiting.forEach(Block::release);
    waiting.clear();
    takenWatermark = position.watermark();
    endTaken = ended;
  }
}
