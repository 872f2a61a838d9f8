package dev.sluice.runner;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A store that leaves everything to another one, but for what a subclass does itself. */
public abstract class ForwardingStore implements DurableStore {
  private final DurableStore store;

  protected ForwardingStore(DurableStore store) {
    this.store = store;
  }

  @Override
  public void create(String name, Body body) throws IOException {
    store.create(name, body);
  }

  @Override
  public DurableLog append(String name) throws IOException {
    return store.append(name);
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
