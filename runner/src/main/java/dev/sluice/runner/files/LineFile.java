package dev.sluice.runner.files;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The file of a bundle while it is written. For use by one thread. */
final class LineFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private final DurableStore store;
  private final String name;
  private final DurableLog log;
  private final OutputStream out;

  private LineFile(DurableStore store, String name, DurableLog log) {
    this.store = store;
    this.name = name;
    this.log = log;
    this.out = new BufferedOutputStream(new LogStream(log), BUFFER_BYTES);
  }

  /** Makes the file {@code name}. */
  static LineFile open(DurableStore store, String name) throws IOException {
    try {
      return new LineFile(store, name, store.append(name));
    } catch (IOException e) {
      throw failed(store, name, e);
    }
  }

  String name() {
    return name;
  }

  void write(String line) throws IOException {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw failed(store, name, e);
    }
  }

  /** Makes all that was written durable. */
  void finish() throws IOException {
    try {
      out.flush();
      log.sync();
      log.close();
    } catch (IOException e) {
      throw failed(store, name, e);
    }
  }

  /** Deletes the file, finished or not. */
  void discard() throws IOException {
    try {
      log.close();
    } finally {
      store.delete(name);
    }
  }

  private static IOException failed(DurableStore store, String name, IOException e) {
    Throwable reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new IOException(
        "cannot write the file "
            + name
            + " to "
            + store.describe()
            + " ("
            + reason.getMessage()
            + "): see that there is room, and that this process may write there; nothing of this"
            + " bundle was published",
        e);
  }

  private static final class LogStream extends OutputStream {
    private final DurableLog log;

    LogStream(DurableLog log) {
      this.log = log;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      log.write(bytes, offset, length);
    }
  }
}
