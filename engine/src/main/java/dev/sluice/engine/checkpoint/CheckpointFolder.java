package dev.sluice.engine.checkpoint;

import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.codec.FrameInput;
import dev.sluice.engine.codec.FrameOutput;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.Clock;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The checkpoints of one stream, for its one driver. For use by one thread at a time.
 *
 * <p>A file is a {@link FrameOutput} of {@code magic | format | features | name of the checkpoint
 * before it, or "" | content}.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final String FOLDER = "checkpoints";
  private static final String FILES = FOLDER + "/";
  private static final String FULL = "-full";
  private static final String DELTA = "-delta";
  private static final long MAGIC = 0x534C_5549_4345_4350L;
  private static final int FORMAT = 1;

  /** Bits for what a file may contain that older programs do not know; none yet. */
  private static final long FEATURES = 0;

  private final DurableStore store;
  private final Lease lease;
  private String last = "";

  private CheckpointFolder(DurableStore store, Lease lease) {
    this.store = store;
    this.lease = lease;
  }

  /** Writes the content of a checkpoint. */
  @FunctionalInterface
  public interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads the content of a checkpoint, to its end. */
  @FunctionalInterface
  public interface Reader {
    void read(DataInputStream in) throws IOException;
  }

  /**
   * Claims the folder for this driver.
   *
   * @param owner says to others who that is
   * @param leaseMs for how long others keep off without news of this driver
   * @param takeOver whether to fence another driver although its lease runs
   * @throws FolderInUseException if another driver's lease runs, and is not taken over
   */
  public static CheckpointFolder open(
      DurableStore store, Clock clock, String owner, long leaseMs, boolean takeOver)
      throws IOException {
    Lease lease = Lease.claim(store, clock, leaseMs, owner, takeOver);
    // What drivers before this one were writing. Not later: one that was held up would take it from
    // its successor.
    store.deleteUnfinished(FOLDER);
    return new CheckpointFolder(store, lease);
  }

  /**
   * Has the newest checkpoint read: everything up to its last full one, then the changes since, in
   * order.
   *
   * @return whether there is one
   * @throws CorruptCheckpointException if a file of these is damaged or missing
   */
  public boolean restore(Reader reader) throws IOException {
    List<String> names = new ArrayList<>(store.list(FILES));
    if (names.isEmpty()) {
      return false;
    }
    last = names.get(names.size() - 1);
    Deque<String> chain = new ArrayDeque<>();
    for (String name = last; !name.isEmpty(); name = before(name)) {
      chain.addFirst(name);
    }
    for (String name : chain) {
      read(name, reader);
    }
    return true;
  }

  private String before(String name) throws IOException {
    String[] before = {""};
    open(name, (previous, in) -> before[0] = previous);
    return before[0];
  }

  private void read(String name, Reader reader) throws IOException {
    open(
        name,
        (previous, in) -> {
          reader.read(in);
          if (in.read() >= 0) {
            throw new CorruptFrameException(name + ": there is more than what it should hold");
          }
        });
  }

  /** Takes the rest of a file whose header is read. */
  private interface Rest {
    void read(String previous, DataInputStream in) throws IOException;
  }

  private void open(String name, Rest rest) throws IOException {
    try (InputStream file = new BufferedInputStream(store.read(name))) {
      FrameInput frames = new FrameInput(file, name);
      DataInputStream in = new DataInputStream(frames);
      try {
        if (in.readLong() != MAGIC) {
          throw new CorruptFrameException(name + " is no checkpoint of Sluice");
        }
        checkFormat(name, in.readInt(), in.readLong());
        rest.read(in.readUTF(), in);
      } catch (IOException | RuntimeException e) {
        if (frames.failure() != null) {
          // Whatever a codec has made of it.
          throw frames.failure();
        }
        if (e instanceof EOFException) {
          throw new CorruptFrameException(frames.where() + ": ends too early", e);
        }
        throw e;
      }
    } catch (CorruptFrameException e) {
      throw new CorruptCheckpointException("in " + store.describe() + ", " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new CorruptCheckpointException(
          "in " + store.describe() + ", " + name + " is missing, which a later checkpoint needs",
          e);
    }
  }

  private static void checkFormat(String name, int format, long features) throws IOException {
    if (format != FORMAT || (features & ~FEATURES) != 0) {
      throw new UnknownFormatException(name, format, features, FORMAT);
    }
  }

  /**
   * Writes the checkpoint after {@code batch}; when this returns it is durable, and this driver was
   * its folder's owner then.
   *
   * @param full whether {@code content} is everything, rather than what has changed since the
   *     checkpoint before
   * @return its size in bytes
   * @throws FencedException if another driver has taken over
   */
  public long write(long batch, boolean full, Content content) throws IOException {
    lease.check();
    String name =
        FILES + String.format("%010d-%020d", lease.epoch(), batch) + (full ? FULL : DELTA);
    String previous = full ? "" : last;
    long bytes = create(name, previous, content);
    lease.check();
    last = name;
    if (full) {
      dropOlder();
    }
    return bytes;
  }

  private long create(String name, String previous, Content content) throws IOException {
    long[] bytes = {0};
    try {
      store.create(
          name,
          out -> {
            CountingOutput counted = new CountingOutput(out);
            FrameOutput frames = new FrameOutput(counted);
            DataOutputStream data = new DataOutputStream(frames);
            data.writeLong(MAGIC);
            data.writeInt(FORMAT);
            data.writeLong(FEATURES);
            data.writeUTF(previous);
            content.write(data);
            data.flush();
            frames.finish();
            bytes[0] = counted.bytes();
          });
    } catch (IOException e) {
      throw lease.fenced(e);
    }
    return bytes[0];
  }

  /** Deletes what the last full checkpoint makes needless, the newest first. */
  private void dropOlder() throws IOException {
    List<String> names = new ArrayList<>(store.list(FILES));
    for (int i = names.indexOf(last) - 1; i >= 0; i--) {
      store.delete(names.get(i));
    }
    lease.dropOlder();
  }

  /**
   * Reads the records of the journals, from segment {@code first} on.
   *
   * @param first "" for all that there are
   * @return where the next journal goes on
   * @throws CorruptCheckpointException if a segment is missing, or damaged before its end
   */
  public JournalEnd readJournal(String first, Journal.Sink sink) throws IOException {
    return new JournalReader(store).read(first, sink);
  }

  /** A new journal of this driver, which goes on behind {@code end}. */
  public Journal journal(JournalEnd end) throws IOException {
    return Journal.open(store, lease, end);
  }

  /** Deletes the segments of journals before {@code first}, the oldest first. */
  public void dropJournal(String first) throws IOException {
    for (String name : store.list(JournalFormat.FOLDER)) {
      if (name.compareTo(first) < 0) {
        store.delete(name);
      }
    }
  }

  /** Which driver of the folder this is, counted from 1. */
  public long epoch() {
    return lease.epoch();
  }

  /** Gives the folder up for another driver. */
  @Override
  public void close() throws IOException {
    lease.close();
  }
}
