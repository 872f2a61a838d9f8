package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.memory.TempFile;
import dev.sluice.engine.memory.TempFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
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
      ByteArrayOutputStream framed = new ByteArrayOutputStream(length + Frame.HEADER_BYTES);
      Frame.write(new DataOutputStream(framed), payload, length);
      file.append(framed.toByteArray(), framed.size());
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
      String where = file.path() + " at byte " + start;
      byte[] header = new byte[Frame.HEADER_BYTES];
      file.read(header, header.length, start);
      long payloadStart = start + header.length;
      int length = Frame.payloadLength(ByteBuffer.wrap(header), end - payloadStart, where);
      byte[] payload = new byte[length];
      file.read(payload, length, payloadStart);
      Frame.verify(ByteBuffer.wrap(header), payload, length, where);
      position[0] = payloadStart + length;
      return payload;
    }

    @Override
    public void delete() throws IOException {
      file.close();
    }
  }
}
