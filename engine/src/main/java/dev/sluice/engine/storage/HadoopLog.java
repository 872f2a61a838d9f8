package dev.sluice.engine.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** The file of a log; {@code closed} runs when it is closed, also if that fails. */
record HadoopLog(FSDataOutputStream out, Runnable closed) implements GuardedLog.Medium {

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public void sync() throws IOException {
    out.hsync();
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      closed.run();
    }
  }
}
