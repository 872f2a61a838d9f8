package dev.sluice.engine.state;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keys in a database, encoded as in a checkpoint. Equal keys have the same bytes.
 *
 * <pre>
 *   partition | 'E' | key                  -> what is kept of the key
 *   partition | 'T' | domain | time | key  -> nothing: the key's first timer of the domain
 *   partition | 'H' | time | key           -> nothing: the key's hold, if it has one
 *   partition | 'D' | key                  -> nothing: the key has changed
 * </pre>
 *
 * <p>Looking changes what is known of the first times, and the format is for one thread: so all is
 * synchronized.
 */
final class DiskKeys implements CommittedKeys, AutoCloseable {
  /** What a batch may take outside the heap: nobody needs a commit to be whole after a crash. */
  private static final long BATCH_BYTES = 4L << 20;

  private final DiskState store;
  private final StateFormat format;
  private final Shared shared = new Shared();
  private final List<DiskRange> ranges = new ArrayList<>();
  private final DiskRange entries;
  private final DiskRange dirty;
  private final Map<TimerDomain, DiskTimes> wakes = new EnumMap<>(TimerDomain.class);
  private final DiskTimes holds;
  private final Set<Object> unwritten = new HashSet<>();
  private ByteOutput buffer;
  private DataOutputStream encoder;
  private StateWriter writer;
  private DiskBatch batch;
  private boolean anyDirty;
  private int size;

  /**
   * No keys, in the part of the database that is its own.
   *
   * @param recorded whether it notes what has changed
   */
  DiskKeys(DiskState store, int partition, StateFormat format, boolean recorded) {
    this.store = store;
    this.format = format;
    this.entries = range(partition, 'E');
    this.dirty = recorded ? range(partition, 'D') : null;
    this.holds = new DiskTimes(store, range(partition, 'H'));
    for (TimerDomain domain : TimerDomain.values()) {
      wakes.put(domain, new DiskTimes(store, range(partition, 'T', domain.code())));
    }
    forgetEncodings();
  }

  /** There are many partitions, and what the encoders of each remember would stay on the heap. */
  private void forgetEncodings() {
    buffer = new ByteOutput();
    encoder = new DataOutputStream(buffer);
    writer = new StateWriter(format, encoder);
  }

  private DiskRange range(int partition, int... tags) {
    ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES + tags.length).putInt(partition);
    for (int tag : tags) {
      prefix.put((byte) tag);
    }
    DiskRange range = new DiskRange(prefix.array());
    ranges.add(range);
    return range;
  }

  @Override
  public synchronized int size() {
    return size;
  }

  @Override
  public synchronized Entry entry(Object identity) {
    if (unwritten.contains(identity)) {
      flush();
    }
    byte[] kept = store.get(entries.key(encoded(identity)));
    if (kept == null) {
      return null;
    }
    try {
      return StateReader.read(format, shared, in(kept));
    } catch (IOException e) {
      throw new UncheckedIOException("state of a key cannot be decoded: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized Collection<Object> identities() {
    flush();
    List<Object> all = new ArrayList<>(size);
    store.scan(entries, entries.start(), key -> all.add(identity(key)));
    return all;
  }

  @Override
  public synchronized void put(Object identity, Entry before, Entry after) {
    byte[] key = encoded(identity);
    if (dirty != null) {
      batch().put(dirty.key(key));
      anyDirty = true;
    }
    replace(identity, key, before, after);
  }

  @Override
  public synchronized void restore(Object identity, Entry entry) {
    replace(identity, encoded(identity), entry(identity), entry);
  }

  private void replace(Object identity, byte[] key, Entry before, Entry after) {
    if (before == null && after == null) {
      return;
    }
    if (after == null) {
      batch().delete(entries.key(key));
    } else {
      batch().put(entries.key(key), encoded(after));
    }
    unwritten.add(identity);
    size += (after == null ? 0 : 1) - (before == null ? 0 : 1);
    holds.move(batch(), hold(before), hold(after), key);
    wakes.forEach(
        (domain, times) ->
            times.move(batch(), earliest(before, domain), earliest(after, domain), key));
    if (batch().sizeBytes() > BATCH_BYTES) {
      flush();
    }
  }

  private static Long hold(Entry entry) {
    return entry == null ? null : time(entry.hold());
  }

  private static Long earliest(Entry entry, TimerDomain domain) {
    return entry == null ? null : time(entry.earliest(domain));
  }

  private static Long time(long millis) {
    return millis == Watermark.END ? null : (Long) millis;
  }

  private DiskBatch batch() {
    if (batch == null) {
      batch = new DiskBatch();
    }
    return batch;
  }

  @Override
  public synchronized void flush() {
    if (batch != null) {
      store.write(batch);
      batch.close();
      batch = null;
      unwritten.clear();
      forgetEncodings();
    }
  }

  @Override
  public synchronized long earliest(TimerDomain domain) {
    flush();
    return wakes.get(domain).first();
  }

  @Override
  public synchronized long hold() {
    flush();
    return holds.first();
  }

  @Override
  public synchronized void addDue(TimerDomain domain, long time, Set<Object> due) {
    if (earliest(domain) < time) {
      wakes
          .get(domain)
          .forEach(
              (at, key) -> {
                if (at >= time) {
                  return false;
                }
                due.add(identity(key));
                return true;
              });
    }
  }

  @Override
  public synchronized long earliestWithout(TimerDomain domain, Set<Object> changed) {
    return firstWithout(wakes.get(domain), changed);
  }

  @Override
  public synchronized long holdWithout(Map<Object, KeyState> changed) {
    return firstWithout(holds, changed.keySet());
  }

  private long firstWithout(DiskTimes times, Set<Object> changed) {
    flush();
    if (times.first() == Watermark.END || changed.isEmpty()) {
      return times.first();
    }
    long[] first = {Watermark.END};
    times.forEach(
        (at, key) -> {
          if (changed.contains(identity(key))) {
            return true;
          }
          first[0] = at;
          return false;
        });
    return first[0];
  }

  @Override
  public synchronized StateChanges changes(boolean all, long nextNumber) {
    flush();
    if (!all && !anyDirty) {
      return new HeapChanges(new HashMap<>(), nextNumber);
    }
    DiskSnapshot snapshot = store.snapshot();
    if (anyDirty) {
      store.clear(dirty);
      anyDirty = false;
    }
    return new DiskChanges(snapshot, entries, all ? null : dirty, nextNumber);
  }

  private byte[] encoded(Object identity) {
    buffer.reset();
    try {
      format.writeKey(identity, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("a key of state cannot be encoded: " + e.getMessage(), e);
    }
    return buffer.toByteArray();
  }

  private byte[] encoded(Entry entry) {
    buffer.reset();
    try {
      writer.write(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("state of a key cannot be encoded: " + e.getMessage(), e);
    }
    return buffer.toByteArray();
  }

  private Object identity(byte[] key) {
    try {
      return format.readKey(in(key));
    } catch (IOException e) {
      throw new UncheckedIOException("a key of state cannot be decoded: " + e.getMessage(), e);
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteInput(bytes));
  }

  @Override
  public synchronized void close() {
    if (batch != null) {
      batch.close();
      batch = null;
    }
    ranges.forEach(DiskRange::close);
  }
}
