package dev.sluice.engine.batch;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of which an operation fails, and all that follow it. */
final class FailingStore implements DurableStore {
  private final DurableStore store;
  private final int failAt;
  private final boolean afterwards;
  private final AtomicInteger operations = new AtomicInteger();

  /**
   * Passes operations on to {@code store}.
   *
   * @param failAt which one is the first to fail, counted from 0
   * @param afterwards whether that one has been done all the same
   */
  FailingStore(DurableStore store, int failAt, boolean afterwards) {
    this.store = store;
    this.failAt = failAt;
    this.afterwards = afterwards;
  }

  int operations() {
    return operations.get();
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Operation<T> operation) throws IOException {
    int number = operations.getAndIncrement();
    if (number < failAt) {
      return operation.run();
    }
    if (number == failAt && afterwards) {
      operation.run();
    }
    throw new IOException("the disk is gone");
  }

  @Override
  public void create(String name, Body body) throws IOException {
    attempt(
        () -> {
          store.create(name, body);
          return null;
        });
  }

  @Override
  public DurableLog append(String name) throws IOException {
    return attempt(() -> store.append(name));
  }

  @Override
  public InputStream read(String name) throws IOException {
    return attempt(() -> store.read(name));
  }

  @Override
  public boolean exists(String name) throws IOException {
    return attempt(() -> store.exists(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return attempt(() -> store.list(prefix));
  }

  @Override
  public void delete(String name) throws IOException {
    attempt(
        () -> {
          store.delete(name);
          return null;
        });
  }

  @Override
  public String describe() {
    return store.describe();
  }
}
