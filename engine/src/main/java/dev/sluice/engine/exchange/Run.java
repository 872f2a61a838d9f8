package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.codec.FrameBuffer;
import dev.sluice.engine.memory.TempFile;
import java.io.IOException;

/**
 * A temporary file with the records of one spill, partition by partition.
 *
 * @param ends where each partition ends in the file, in bytes
 */
record Run(TempFile file, long[] ends) implements Frames {

  RecordCursor cursor(int partition) {
    return new RecordCursor(this, start(partition), 0, ends[partition]);
  }

  boolean isEmpty(int partition) {
    return ends[partition] == start(partition);
  }

  @Override
  public Content at(long position, long end) throws IOException {
    byte[] payload = file.readFrame(position, end);
    return new Content(
        FrameBuffer.content(payload), position + Frame.HEADER_BYTES + payload.length);
  }

  void delete() throws IOException {
    file.close();
  }

  private long start(int partition) {
    return partition == 0 ? 0 : ends[partition - 1];
  }
}
