package dev.sluice.engine.checkpoint;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.Clock;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A driver whose state is a list of words: a full checkpoint has them all, one of changes has the
 * last.
 */
final class Driver implements AutoCloseable {
  static final long LEASE_MS = 600_000;

  private final String name;
  private final CheckpointFolder folder;
  private final List<String> words = new ArrayList<>();
  private int durable;

  private Driver(String name, CheckpointFolder folder) {
    this.name = name;
    this.folder = folder;
  }

  static Driver claim(DurableStore store, Clock clock, String name) throws IOException {
    return new Driver(name, CheckpointFolder.open(store, clock, name, LEASE_MS, false));
  }

  static Driver takeOver(DurableStore store, Clock clock, String name) throws IOException {
    return new Driver(name, CheckpointFolder.open(store, clock, name, LEASE_MS, true));
  }

  /** Goes on with what is there. */
  Driver restored() throws IOException {
    words.clear();
    folder.restore(this::read);
    durable = words.size();
    return this;
  }

  private void read(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      words.clear();
    }
    words.addAll(words(in));
  }

  /** The words of one checkpoint, behind the mark that tells whether it is full. */
  static List<String> words(DataInputStream in) throws IOException {
    List<String> words = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      words.add(in.readUTF());
    }
    return words;
  }

  long writeFull() throws IOException {
    return write(true);
  }

  long writeChange() throws IOException {
    return write(false);
  }

  private long write(boolean full) throws IOException {
    words.add(name + words.size());
    List<String> written = full ? words : words.subList(words.size() - 1, words.size());
    long bytes =
        folder.write(
            words.size(),
            full,
            out -> {
              out.writeBoolean(full);
              out.writeInt(written.size());
              for (String word : written) {
                out.writeUTF(word);
              }
            });
    durable = words.size();
    return bytes;
  }

  /** Its state, with the word that it tried to write last. */
  List<String> words() {
    return List.copyOf(words);
  }

  /** How many of its words are in checkpoints that were written for certain. */
  int durable() {
    return durable;
  }

  CheckpointFolder folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
