package dev.sluice.engine.memory;

import dev.sluice.engine.codec.Frame;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file: appended to by one thread, sealed, then read at positions by any. Closing
 * deletes it.
 *
 * <p>A sealed file is open only while it is read, one block at a time, so that their number is not
 * bound by what the system lets a process open. It is no {@code FileChannel}, which an interrupt of
 * one reader would close for all.
 */
public final class TempFile implements AutoCloseable {
  private final TempFiles owner;
  private final Path path;
  private final RandomAccessFile file;
  private long sizeBytes;
  private boolean closed;

  TempFile(TempFiles owner, Path path, RandomAccessFile file) {
    this.owner = owner;
    this.path = path;
    this.file = file;
  }

  /**
   * Appends {@code length} bytes.
   *
   * @throws SpillException with the folder and the option to change if the disk takes no more
   */
  public synchronized void append(byte[] bytes, int length) throws IOException {
    try {
      file.seek(sizeBytes);
      file.write(bytes, 0, length);
    } catch (IOException e) {
      throw new SpillException(path, sizeBytes, owner.usedBytes(), e);
    }
    sizeBytes += length;
    owner.grown(length);
  }

  /** Appends the first {@code length} bytes of {@code payload} as one {@link Frame}. */
  public void appendFrame(byte[] payload, int length) throws IOException {
    ByteArrayOutputStream framed = new ByteArrayOutputStream(Frame.HEADER_BYTES + length);
    Frame.write(new DataOutputStream(framed), payload, length);
    append(framed.toByteArray(), framed.size());
  }

  /** Ends appending and lets go of the open file. */
  public synchronized void seal() throws IOException {
    file.close();
  }

  /** Fills {@code into} from {@code position}; an {@code EOFException} if the file is shorter. */
  public void read(byte[] into, int length, long position) throws IOException {
    try (RandomAccessFile reader = new RandomAccessFile(path.toFile(), "r")) {
      reader.seek(position);
      reader.readFully(into, 0, length);
    }
  }

  /**
   * The payload of the frame at {@code position}, which ends before {@code end}; the next one
   * begins {@link Frame#HEADER_BYTES} and its length later.
   */
  public byte[] readFrame(long position, long end) throws IOException {
    String where = path + " at byte " + position;
    byte[] bytes = new byte[Frame.HEADER_BYTES];
    read(bytes, bytes.length, position);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long start = position + bytes.length;
    byte[] payload = new byte[Frame.payloadLength(header, end - start, where)];
    read(payload, payload.length, start);
    Frame.verify(header, payload, payload.length, where);
    return payload;
  }

  /** Bytes appended so far. */
  public synchronized long sizeBytes() {
    return sizeBytes;
  }

  /** Where it lies, for messages. */
  public Path path() {
    return path;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    owner.shrunk(sizeBytes);
    file.close();
    Files.deleteIfExists(path);
  }
}
