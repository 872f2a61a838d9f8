package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.codec.Frame;
import dev.sluice.engine.storage.DurableStore;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The checkpoints of one context in its durable store. Safe for use by many threads.
 *
 * <pre>
 *   rdd/3/context             this context's claim to the number 3
 *   rdd/3/17/part-00000-a1    frames with records of a partition, by the task's first attempt
 *   rdd/3/17/manifest         a frame: format, partitions, of each its file and number of records
 * </pre>
 */
final class CheckpointFiles {
  private static final int FORMAT = 1;
  private static final int MAX_CONTEXTS = 1 << 20;
  private static final String ROOT = "rdd/";

  private final DurableStore store;
  private final Codec<Object> codec;
  private String claimed;

  CheckpointFiles(DurableStore store, Codec<Object> codec) {
    this.store = store;
    this.codec = codec;
  }

  /** A partition's file. */
  record Part(String name, long records) implements Serializable {}

  /** The folder of a dataset; the first call finds a number that no other context has. */
  synchronized String folder(int dataset) throws IOException {
    if (claimed == null) {
      claimed = claim();
    }
    return claimed + "/" + dataset + "/";
  }

  private String claim() throws IOException {
    for (int number = 1; number < MAX_CONTEXTS; number++) {
      String folder = ROOT + number;
      if (store.exists(folder + "/context")) {
        continue;
      }
      try {
        store.create(folder + "/context", out -> out.write(FORMAT));
        return folder;
      } catch (FileAlreadyExistsException e) {
        // Another context was faster: the next number.
      }
    }
    throw new IOException(
        "the store holds checkpoints of " + MAX_CONTEXTS + " contexts: delete those below " + ROOT);
  }

  /** Writes a partition and returns the number of its records. */
  long writePart(String name, Iterator<?> records) throws IOException {
    long[] count = {0};
    store.create(
        name,
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          FrameWriter writer =
              new FrameWriter(codec, (payload, length) -> Frame.write(data, payload, length));
          while (records.hasNext()) {
            writer.write(records.next());
            count[0]++;
          }
          writer.flush();
          data.flush();
        });
    return count[0];
  }

  /** The records of a partition, checked. The caller closes {@code in}. */
  Iterator<Object> readPart(Part part, InputStream in) {
    BufferedInputStream buffered = new BufferedInputStream(in);
    long[] position = {0};
    return new FrameReader(codec, () -> frame(part.name(), buffered, position));
  }

  InputStream open(Part part) throws IOException {
    return store.read(part.name());
  }

  private static byte[] frame(String name, InputStream in, long[] position) throws IOException {
    try {
      String where = "checkpoint " + name + " at byte " + position[0];
      byte[] payload = Frame.read(in, Long.MAX_VALUE, where);
      position[0] += payload == null ? 0 : Frame.HEADER_BYTES + payload.length;
      return payload;
    } catch (CorruptFrameException e) {
      throw new CorruptFrameException(
          e.getMessage() + ". Restore the file from a copy, or begin with another folder", e);
    }
  }

  /** What {@link #complete} has said about {@code folder}. */
  List<Part> parts(String folder) throws IOException {
    String manifest = folder + "manifest";
    List<Part> parts = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(store.read(manifest))) {
      byte[] payload = frame(manifest, in, new long[1]);
      if (payload == null) {
        throw new CorruptFrameException("checkpoint " + manifest + " is empty");
      }
      DataInputStream data = new DataInputStream(new ByteArrayInputStream(payload));
      int format = data.readInt();
      if (format != FORMAT) {
        throw new CorruptFrameException(
            manifest + " has format " + format + ", this program reads " + FORMAT);
      }
      int count = data.readInt();
      for (int i = 0; i < count; i++) {
        parts.add(new Part(data.readUTF(), data.readLong()));
      }
    }
    return parts;
  }

  /** Makes the checkpoint count, and deletes files of attempts that do not. */
  void complete(String folder, List<Part> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(FORMAT);
    data.writeInt(parts.size());
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      data.writeUTF(part.name());
      data.writeLong(part.records());
      names.add(part.name());
    }
    String manifest = folder + "manifest";
    store.create(
        manifest, out -> Frame.write(new DataOutputStream(out), bytes.toByteArray(), data.size()));
    names.add(manifest);
    deleteAllBut(names, folder);
  }

  /** Deletes what a failed job has written. */
  void discard(String folder) throws IOException {
    deleteAllBut(Set.of(), folder);
  }

  private void deleteAllBut(Set<String> kept, String folder) throws IOException {
    for (String name : store.list(folder)) {
      if (!kept.contains(name)) {
        store.delete(name);
      }
    }
  }
}
