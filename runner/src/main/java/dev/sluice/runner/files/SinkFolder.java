package dev.sluice.runner.files;

import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.storage.StoreLocation;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;

/**
 * A sink's folder: a copy for each DoFn, which opens it when it is set up. For use by one thread.
 */
final class SinkFolder implements Serializable, Closeable {
  private static final long serialVersionUID = 1L;

  private final String location;
  private transient DurableStore store;

  SinkFolder(String location) {
    this.location = location;
  }

  /** Opens the folder. */
  void open() throws IOException {
    try {
      store = StoreLocation.open(location);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "cannot write files to '"
              + location
              + "': "
              + e.getMessage()
              + ". Give FileSink a folder that this process may write to, or that it may make.",
          e);
    }
  }

  /** Where files are, while the folder is open. */
  DurableStore store() {
    return Objects.requireNonNull(store, "the folder is not open");
  }

  /** Deletes all names that start with {@code prefix}. */
  void deleteAll(String prefix) throws IOException {
    for (String name : store().list(prefix)) {
      store().delete(name);
    }
  }

  @Override
  public void close() throws IOException {
    if (store instanceof Closeable connection) {
      connection.close();
    }
    store = null;
  }
}
