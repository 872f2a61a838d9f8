package dev.sluice.runner.files;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.runner.ForwardingStore;
import java.io.IOException;

/** A store whose disk is full: it takes names, and no bytes. */
final class FullStore extends ForwardingStore {
  FullStore(DurableStore store) {
    super(store);
  }

  private record FullLog(DurableLog log) implements DurableLog {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException("is broken", new IOException("No space left on device"));
    }

    @Override
    public void sync() throws IOException {
      log.sync();
    }

    @Override
    public long position() {
      return log.position();
    }

    @Override
    public void close() throws IOException {
      log.close();
    }
  }

  @Override
  public DurableLog append(String name) throws IOException {
    return new FullLog(super.append(name));
  }
}
