package dev.sluice.engine.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The file of a log. Not a channel: that one is closed, for all its writers, when one of them is
 * interrupted.
 */
record LocalLog(RandomAccessFile file) implements GuardedLog.Medium {

  /** A log in {@code file}, which is there and empty. */
  static LocalLog open(Path file) throws IOException {
    LocalLog log = new LocalLog(new RandomAccessFile(file.toFile(), "rw"));
    boolean synced = false;
    try {
      log.sync();
      synced = true;
      return log;
    } finally {
      if (!synced) {
        log.close();
      }
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    file.write(bytes, offset, length);
  }

  @Override
  public void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
