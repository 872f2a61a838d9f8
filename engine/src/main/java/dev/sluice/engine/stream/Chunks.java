package dev.sluice.engine.stream;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.FrameBuffer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records on their way to a journal or from it: encoded, compressed, in pieces of about 64 KiB. For
 * use by one thread.
 */
final class Chunks<T> {
  private final Codec<T> codec;

  Chunks(Codec<T> codec) {
    this.codec = codec;
  }

  /** Takes records. */
  interface Sink<T> {
    void accept(T record) throws IOException;
  }

  /** Hands records on. */
  interface Records<T> {
    void forEach(Sink<T> sink) throws IOException;
  }

  /** Hands {@code records} on in pieces. */
  void write(Records<T> records, FrameBuffer.Sink pieces) throws IOException {
    FrameBuffer frame = new FrameBuffer();
    records.forEach(
        record -> {
          codec.encode(record, frame);
          if (frame.isFull()) {
            frame.flush(pieces);
          }
        });
    frame.flush(pieces);
  }

  static void writePiece(DataOutputStream out, byte[] piece, int length) throws IOException {
    out.writeInt(length);
    out.write(piece, 0, length);
  }

  /** The records of a piece that {@link #writePiece} has written. */
  List<T> readPiece(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] content = FrameBuffer.content(in.readNBytes(length));
    ByteInput encoded = new ByteInput(content);
    List<T> records = new ArrayList<>();
    while (encoded.available() > 0) {
      records.add(codec.decode(encoded));
    }
    return records;
  }
}
