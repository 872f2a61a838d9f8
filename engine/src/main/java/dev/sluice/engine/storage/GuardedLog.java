package dev.sluice.engine.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/** A log on some medium that never touches the medium again once it has failed. */
final class GuardedLog implements DurableLog {
  private final String name;
  private final String store;
  private final Medium medium;
  private long position;
  private Throwable failure;
  private boolean closed;

  GuardedLog(String name, String store, Medium medium) {
    this.name = name;
    this.store = store;
    this.medium = medium;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    attempt(() -> medium.write(bytes, offset, length));
    position += length;
  }

  @Override
  public synchronized void sync() throws IOException {
    attempt(medium::sync);
  }

  @Override
  public synchronized long position() {
    return position;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      medium.close();
    } catch (IOException e) {
      if (failure == null) {
        throw e;
      }
      // Whoever wrote knows already. Some streams throw the same failure again.
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private void attempt(Step step) throws IOException {
    if (closed) {
      throw new IOException("the log " + name + " in the store " + store + " is closed");
    }
    if (failure != null) {
      throw broken();
    }
    try {
      step.run();
    } catch (IOException e) {
      failure = e;
      throw broken();
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  private IOException broken() {
    return new IOException(
        "the log "
            + name
            + " in the store "
            + store
            + " is broken, as a write or sync has failed; all up to the last sync is kept, go on"
            + " with a new log",
        failure);
  }

  /** What the bytes go to; called by one thread at a time, and only closed after a failure. */
  interface Medium extends Closeable {
    void write(byte[] bytes, int offset, int length) throws IOException;

    void sync() throws IOException;
  }

  private interface Step {
    void run() throws IOException;
  }
}
