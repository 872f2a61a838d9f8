package dev.sluice.engine.state;

import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store of each kind for the tests of a class, opened when it is first needed. */
final class Stores implements AfterAllCallback {
  private TempFiles files;
  private StateStore disk;

  /** A new partition in the store of this kind. */
  StatePartition partition(StoreKind kind, StateFormat format, boolean recorded) {
    return switch (kind) {
      case HEAP -> StateStore.onHeap().partition(() -> format, recorded);
      case DISK -> disk().partition(() -> format, recorded);
    };
  }

  private StateStore disk() {
    if (disk == null) {
      files = new TempFiles(Path.of(System.getProperty("java.io.tmpdir")));
      try {
        disk = StateStore.onDisk(files.createFolder("state"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return disk;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (disk != null) {
      disk.close();
      disk = null;
      files.close();
    }
  }
}
