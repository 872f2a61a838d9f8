package dev.sluice.engine.checkpoint;

import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.storage.DurableStore;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads the journals of one stream, of all its drivers, in order. For use by one thread.
 *
 * <p>Each segment says where the one before it ends, as the driver that made it has found it. Only
 * the last one is open: behind what was synced it may end anywhere.
 */
final class JournalReader {
  private final DurableStore store;

  JournalReader(DurableStore store) {
    this.store = store;
  }

  /**
   * A segment and how far it counts.
   *
   * @param end -1 if nobody has found out yet
   */
  private record Part(String name, long end) {}

  /**
   * Reads all records from segment {@code first} on.
   *
   * @param first "" for all that there are
   * @return how far they count
   * @throws CorruptCheckpointException if a segment is missing, or damaged before its end
   */
  JournalEnd read(String first, Journal.Sink sink) throws IOException {
    Deque<Part> parts = parts(first);
    JournalEnd end = JournalEnd.NOTHING;
    for (Part part : parts) {
      end = read(part, sink);
    }
    return end;
  }

  private Deque<Part> parts(String first) throws IOException {
    Deque<Part> parts = new ArrayDeque<>();
    Part part = last();
    while (part != null && !part.name().isEmpty()) {
      parts.addFirst(part);
      if (part.name().equals(first)) {
        return parts;
      }
      part = before(part.name());
    }
    if (!first.isEmpty()) {
      throw missing(first, null);
    }
    return parts;
  }

  /** The newest segment that was begun: a crash may have left one without a header. */
  private Part last() throws IOException {
    List<String> names = new ArrayList<>(store.list(JournalFormat.FOLDER));
    for (int i = names.size() - 1; i >= 0; i--) {
      if (before(names.get(i)) != null) {
        return new Part(names.get(i), -1);
      }
    }
    return null;
  }

  /** What a segment says about the one before it; null if it was never begun. */
  private Part before(String name) throws IOException {
    try (InputStream file = store.read(name)) {
      SegmentReader segment = new SegmentReader(file, name);
      byte[] header = segment.next(-1);
      return header == null ? null : header(name, header);
    } catch (CorruptFrameException e) {
      throw corrupt(e);
    } catch (NoSuchFileException e) {
      throw missing(name, e);
    }
  }

  private static Part header(String name, byte[] payload) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload));
    if (in.readByte() != JournalFormat.HEADER || in.readLong() != JournalFormat.MAGIC) {
      throw new CorruptFrameException(name + " is no journal of Sluice");
    }
    int format = in.readInt();
    long features = in.readLong();
    if (format != JournalFormat.FORMAT || (features & ~JournalFormat.FEATURES) != 0) {
      throw new UnknownFormatException(name, format, features, JournalFormat.FORMAT);
    }
    return new Part(in.readUTF(), in.readLong());
  }

  private JournalEnd read(Part part, Journal.Sink sink) throws IOException {
    try (InputStream file = store.read(part.name())) {
      SegmentReader segment = new SegmentReader(file, part.name());
      segment.next(part.end());
      boolean ended = false;
      String where = segment.where();
      for (byte[] next = segment.next(part.end()); next != null; next = segment.next(part.end())) {
        if (ended || next[0] == JournalFormat.HEADER || next[0] > JournalFormat.END) {
          throw new CorruptFrameException(where + ": a frame that does not belong there");
        }
        ended = next[0] == JournalFormat.END;
        if (!ended) {
          sink.record(
              new DataInputStream(
                  new ByteArrayInputStream(
                      next, SegmentReader.PREFIX_BYTES, next.length - SegmentReader.PREFIX_BYTES)),
              where);
        }
        where = segment.where();
      }
      if (ended && segment.isTorn()) {
        throw new CorruptFrameException(where + ": more bytes behind the end");
      }
      return new JournalEnd(part.name(), segment.position());
    } catch (CorruptFrameException e) {
      throw corrupt(e);
    } catch (NoSuchFileException e) {
      throw missing(part.name(), e);
    }
  }

  private CorruptCheckpointException corrupt(CorruptFrameException e) {
    return new CorruptCheckpointException("in " + store.describe() + ", " + e.getMessage(), e);
  }

  private CorruptCheckpointException missing(String name, IOException cause) {
    return new CorruptCheckpointException(
        "in " + store.describe() + ", " + name + " is missing, which the checkpoint needs", cause);
  }
}
