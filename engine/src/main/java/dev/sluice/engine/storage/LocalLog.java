package dev.sluice.engine.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The file of a log. */
record LocalLog(FileChannel channel) implements GuardedLog.Medium {

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void sync() throws IOException {
    // The length is forced as well, for without it the bytes could not be read.
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
