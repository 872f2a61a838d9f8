package dev.sluice.engine.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A store in memory that can crash at any of its operations. Then all that was not synced may be
 * lost, and what is left of it may be torn.
 */
public final class SimulatedStore implements DurableStore {
  private final Map<String, Bytes> names = new TreeMap<>();
  private final int crashAt;
  private final boolean afterwards;
  private int operations;
  private boolean crashed;

  /** What is under a name. */
  private static final class Bytes {
    private byte[] content = new byte[0];
    private int synced;
  }

  /** What can crash. */
  private interface Operation<T> {
    T run() throws IOException;
  }

  /** An empty store that crashes at operation {@code crashAt}, counted from 0; -1 for never. */
  public SimulatedStore(int crashAt, boolean afterwards) {
    this.crashAt = crashAt;
    this.afterwards = afterwards;
  }

  /** What another machine finds after this one has crashed. */
  public synchronized SimulatedStore left(Random random) {
    SimulatedStore left = new SimulatedStore(-1, false);
    names.forEach(
        (name, bytes) -> {
          Bytes found = new Bytes();
          int unsynced = bytes.content.length - bytes.synced;
          int kept = bytes.synced + (unsynced == 0 ? 0 : random.nextInt(unsynced + 1));
          found.content = Arrays.copyOf(bytes.content, kept);
          if (kept > bytes.synced && random.nextBoolean()) {
            found.content[bytes.synced + random.nextInt(kept - bytes.synced)] ^= 0x10;
          }
          found.synced = kept;
          left.names.put(name, found);
        });
    return left;
  }

  /** How many operations there were, up to the crash. */
  public synchronized int operations() {
    return operations;
  }

  public synchronized boolean isCrashed() {
    return crashed;
  }

  private synchronized <T> T operation(Operation<T> operation) throws IOException {
    boolean last = operations == crashAt;
    if (crashed || (last && !afterwards)) {
      crashed = true;
      throw new IOException("the machine is gone");
    }
    operations++;
    T result = operation.run();
    if (last) {
      crashed = true;
      throw new IOException("the machine is gone");
    }
    return result;
  }

  @Override
  public void create(String name, Body body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    operation(
        () -> {
          Bytes bytes = begin(name);
          bytes.content = out.toByteArray();
          bytes.synced = bytes.content.length;
          return null;
        });
  }

  private Bytes begin(String name) throws IOException {
    Bytes bytes = new Bytes();
    if (names.putIfAbsent(name, bytes) != null) {
      throw new FileAlreadyExistsException(name);
    }
    return bytes;
  }

  @Override
  public DurableLog append(String name) throws IOException {
    Bytes bytes = operation(() -> begin(name));
    return new GuardedLog(name, describe(), new Log(bytes));
  }

  private final class Log implements GuardedLog.Medium {
    private final Bytes bytes;

    Log(Bytes bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] written, int offset, int length) throws IOException {
      operation(
          () -> {
            int before = bytes.content.length;
            bytes.content = Arrays.copyOf(bytes.content, before + length);
            System.arraycopy(written, offset, bytes.content, before, length);
            return null;
          });
    }

    @Override
    public void sync() throws IOException {
      operation(
          () -> {
            bytes.synced = bytes.content.length;
            return null;
          });
    }

    @Override
    public void close() {}
  }

  @Override
  public InputStream read(String name) throws IOException {
    return operation(
        () -> {
          Bytes bytes = names.get(name);
          if (bytes == null) {
            throw new NoSuchFileException(name);
          }
          return new ByteArrayInputStream(bytes.content);
        });
  }

  @Override
  public boolean exists(String name) throws IOException {
    return operation(() -> names.containsKey(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return operation(
        () -> {
          List<String> found = new ArrayList<>(names.keySet());
          found.removeIf(name -> !name.startsWith(prefix));
          return found;
        });
  }

  @Override
  public void delete(String name) throws IOException {
    operation(() -> names.remove(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    operation(
        () -> {
          if (!names.containsKey(from)) {
            throw new NoSuchFileException(from);
          }
          if (names.containsKey(to)) {
            throw new FileAlreadyExistsException(to);
          }
          return names.put(to, names.remove(from));
        });
  }

  @Override
  public void deleteUnfinished(String folder) throws IOException {
    operation(() -> null);
  }

  @Override
  public String describe() {
    return "simulated";
  }
}
