package dev.sluice.engine.stream;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.BlockLog;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of one receiver in the journal, from process to process. Blocks have numbers, and
 * leave for batches in their order. Safe for use by many threads.
 *
 * <pre>
 *   PIECE  receiver | whether it is the first of a block | records
 *   BLOCK  receiver | number of the block whose pieces came before | mark at its end
 * </pre>
 */
final class BlockJournal<T> implements BlockLog<T> {
  private static final byte PIECE = 1;
  private static final byte BLOCK = 2;

  private final Node<T> node;
  private final int receiver;
  private final StreamJournal journal;
  private final Codec<Object> marks;
  private final Chunks<T> chunks;
  // The segments in which the blocks begin that are in no complete batch.
  private final Deque<String> segments = new ArrayDeque<>();
  private final List<T> pieces = new ArrayList<>();
  private long appended;
  private long completed;
  private Object lastMark;

  /** Where a receiver stands: how many blocks there have been, and the mark after the last. */
  record Place(long blocks, Object mark) {
    static final Place START = new Place(0, null);
  }

  /** A block that an earlier process has kept. */
  record Kept<T>(int receiver, List<T> records, Place end) {}

  /** A journal of a receiver that stands at {@code start}. */
  BlockJournal(Node<T> node, int receiver, StreamJournal journal, Place start) {
    this.node = node;
    this.receiver = receiver;
    this.journal = journal;
    this.marks = node.graph().rdds().codec();
    this.chunks = new Chunks<>(codec(node));
    this.appended = start.blocks();
    this.completed = start.blocks();
    this.lastMark = start.mark();
  }

  @SuppressWarnings("unchecked") // The codec writes records of any kind.
  static <T> Codec<T> codec(Node<T> node) {
    return (Codec<T>) (Codec<?>) node.graph().rdds().codec();
  }

  @Override
  public synchronized void append(Block<T> block) throws IOException {
    List<String> in = new ArrayList<>();
    chunks.write(
        sink -> forEach(block, sink),
        (piece, length) ->
            in.add(
                journal.input(
                    node,
                    out -> {
                      out.writeByte(PIECE);
                      out.writeInt(receiver);
                      out.writeBoolean(in.isEmpty());
                      Chunks.writePiece(out, piece, length);
                    })));
    Place end = new Place(appended + 1, block.endMark());
    in.add(
        journal.input(
            node,
            out -> {
              out.writeByte(BLOCK);
              out.writeInt(receiver);
              writePlace(out, end, marks);
            }));
    appended = end.blocks();
    lastMark = end.mark();
    segments.addLast(in.get(0));
  }

  private static <T> void forEach(Block<T> block, Chunks.Sink<T> sink) throws IOException {
    try {
      block.forEach(
          record -> {
            try {
              sink.accept(record);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Which receiver a record of the input is about. */
  static int receiver(DataInputStream in) throws IOException {
    in.mark(1 + Integer.BYTES);
    in.readByte();
    int receiver = in.readInt();
    in.reset();
    return receiver;
  }

  /** Takes a record that was written here; a block if it is the last one of a new block. */
  synchronized Optional<Kept<T>> read(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    in.readInt();
    if (kind == PIECE) {
      // A block before it may have got no further.
      if (in.readBoolean()) {
        pieces.clear();
      }
      pieces.addAll(chunks.readPiece(in));
      return Optional.empty();
    }
    Place end = readPlace(in, marks);
    List<T> records = List.copyOf(pieces);
    pieces.clear();
    if (end.blocks() <= appended) {
      return Optional.empty();
    }
    appended = end.blocks();
    lastMark = end.mark();
    segments.addLast(journal.first());
    return Optional.of(new Kept<>(receiver, records, end));
  }

  @Override
  public synchronized Object lastMark() {
    return lastMark;
  }

  @Override
  public void sync() throws IOException {
    journal.sync();
  }

  /** The first {@code blocks} are in batches that are complete. */
  synchronized void completed(long blocks) {
    for (; completed < blocks; completed++) {
      segments.pollFirst();
    }
  }

  /** The segment with the first block that is not, or null. */
  synchronized String oldestSegment() {
    return segments.peekFirst();
  }

  static void writePlace(DataOutputStream out, Place place, Codec<Object> marks)
      throws IOException {
    out.writeLong(place.blocks());
    marks.encode(place.mark(), out);
  }

  static Place readPlace(DataInputStream in, Codec<Object> marks) throws IOException {
    return new Place(in.readLong(), marks.decode(in));
  }
}
