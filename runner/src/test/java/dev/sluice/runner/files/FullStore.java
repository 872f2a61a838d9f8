package dev.sluice.runner.files;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A store whose disk is full: it takes names, and no bytes. */
record FullStore(DurableStore store) implements DurableStore {

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
    return new FullLog(store.append(name));
  }

  @Override
  public void create(String name, Body body) throws IOException {
    store.create(name, body);
  }

  @Override
  public InputStream read(String name) throws IOException {
    return store.read(name);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return store.exists(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    store.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(name);
  }

  @Override
  public void deleteUnfinished(String folder) throws IOException {
    store.deleteUnfinished(folder);
  }

  @Override
  public String describe() {
    return store.describe();
  }
}
