package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.memory.TempFile;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The records of a block, in one of the forms that a storage level asks for. */
sealed interface BlockData {

  /** A new pass over the records. Passes may run at once. */
  Iterator<Object> iterator(Codec<Object> codec);

  /** Deletes the file if there is one. */
  default void delete() throws IOException {}

  /** Objects. */
  record Records(List<Object> records) implements BlockData {
    @Override
    public Iterator<Object> iterator(Codec<Object> codec) {
      return records.iterator();
    }
  }

  /** Payloads of frames in memory. */
  final class Frames implements BlockData {
    private final List<byte[]> payloads = new ArrayList<>();

    void add(byte[] payload) {
      payloads.add(payload);
    }

    @Override
    public Iterator<Object> iterator(Codec<Object> codec) {
      Iterator<byte[]> next = payloads.iterator();
      return new FrameReader(codec, () -> next.hasNext() ? next.next() : null);
    }
  }

  /** Frames in a temporary file. */
  record OnDisk(TempFile file) implements BlockData {

    static OnDisk create(TempFiles files) throws IOException {
      return new OnDisk(files.create("block"));
    }

    void append(byte[] payload, int length) throws IOException {
      file.appendFrame(payload, length);
    }

    @Override
    public Iterator<Object> iterator(Codec<Object> codec) {
      long end = file.sizeBytes();
      long[] position = {0};
      return new FrameReader(codec, () -> frame(position, end));
    }

    private byte[] frame(long[] position, long end) throws IOException {
      long start = position[0];
      if (start >= end) {
        return null;
      }
      byte[] payload = file.readFrame(start, end);
      position[0] = start + Frame.HEADER_BYTES + payload.length;
      return payload;
    }

    @Override
    public void delete() throws IOException {
      file.close();
    }
  }
}
