package dev.sluice.engine.checkpoint;

import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records of one driver, one after another, each there for ever once it was synced. It goes on
 * where a journal before it ends, in segments of its own, and is dropped by whole segments.
 *
 * <p>Safe for use by many threads: one of those that sync does it for all that wait. After a
 * failure all that follows fails; the next driver goes on behind what has been synced.
 */
public final class Journal implements AutoCloseable {
  private static final long MAX_SEGMENT_BYTES = 64L << 20;

  private final DurableStore store;
  private final Lease lease;
  private final ReentrantLock syncing = new ReentrantLock();
  // Guarded by this. Replaced under both locks.
  private DurableLog log;
  private String segment;
  private long number;
  private long appended;
  private long syncedBytes;
  // Guarded by syncing.
  private long synced;

  /** Takes the records of journals. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one.
     *
     * @param where the place of the record, for messages
     */
    void record(DataInputStream record, String where) throws IOException;
  }

  private Journal(DurableStore store, Lease lease) {
    this.store = store;
    this.lease = lease;
  }

  /** Goes on behind {@code end}, up to which the journals before count. */
  static Journal open(DurableStore store, Lease lease, JournalEnd end) throws IOException {
    Journal journal = new Journal(store, lease);
    journal.begin(end);
    return journal;
  }

  private synchronized void begin(JournalEnd before) throws IOException {
    String name = JournalFormat.FOLDER + String.format("%010d-%010d", lease.epoch(), number++);
    DurableLog next;
    try {
      next = store.append(name);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream data = new DataOutputStream(header);
      data.writeByte(JournalFormat.HEADER);
      data.writeLong(JournalFormat.MAGIC);
      data.writeInt(JournalFormat.FORMAT);
      data.writeLong(JournalFormat.FEATURES);
      data.writeUTF(before.segment());
      data.writeLong(before.position());
      write(next, header.toByteArray());
      next.sync();
      lease.check();
    } catch (IOException e) {
      throw lease.fenced(e);
    }
    log = next;
    segment = name;
    syncedBytes = next.position();
  }

  /** What is synced is told by what comes after it, so that damage there is no torn end. */
  private void write(byte kind, byte[] content) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(1 + Long.BYTES + content.length);
    write(log, payload.put(kind).putLong(syncedBytes).put(content).array());
  }

  private static void write(DurableLog log, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(Frame.HEADER_BYTES + payload.length);
    Frame.write(new DataOutputStream(frame), payload, payload.length);
    log.write(frame.toByteArray(), 0, frame.size());
  }

  /**
   * Appends a record. It may be lost until a {@link #sync} that begins after this has returned.
   *
   * @return the segment that it is in
   */
  public String append(byte[] record) throws IOException {
    synchronized (this) {
      if (log.position() < MAX_SEGMENT_BYTES) {
        return put(record);
      }
    }
    roll();
    synchronized (this) {
      return put(record);
    }
  }

  private String put(byte[] record) throws IOException {
    write(JournalFormat.RECORD, record);
    appended++;
    return segment;
  }

  /**
   * Makes all records durable that were appended before.
   *
   * @throws FencedException if another driver has taken over: they may not count
   */
  public void sync() throws IOException {
    long wanted;
    synchronized (this) {
      wanted = appended;
    }
    syncing.lock();
    try {
      if (synced < wanted) {
        syncAll();
      }
    } catch (IOException e) {
      throw lease.fenced(e);
    } finally {
      syncing.unlock();
    }
  }

  private void syncAll() throws IOException {
    DurableLog current;
    long upTo;
    long bytes;
    synchronized (this) {
      current = log;
      upTo = appended;
      bytes = current.position();
    }
    current.sync();
    lease.check();
    synced = upTo;
    synchronized (this) {
      syncedBytes = bytes;
    }
  }

  /** Goes on in a new segment, so that those before can be dropped some day. */
  public void roll() throws IOException {
    syncing.lock();
    try {
      synchronized (this) {
        begin(end());
        synced = appended;
      }
    } finally {
      syncing.unlock();
    }
  }

  /** Ends the segment; where it ends. */
  private synchronized JournalEnd end() throws IOException {
    try (DurableLog ending = log) {
      ending.sync();
      syncedBytes = ending.position();
      write(JournalFormat.END, new byte[0]);
      ending.sync();
      return new JournalEnd(segment, ending.position());
    } catch (IOException e) {
      throw lease.fenced(e);
    }
  }

  /** The name of the segment that the next record goes to, unless it is full. */
  public synchronized String segment() {
    return segment;
  }

  /** Makes all durable and says that nothing follows. */
  @Override
  public void close() throws IOException {
    syncing.lock();
    try {
      end();
    } finally {
      syncing.unlock();
    }
  }
}
