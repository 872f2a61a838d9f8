package dev.sluice.engine.checkpoint;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A store that calls somebody before and after each operation, who may let it fail. */
public record HookedStore(DurableStore store, Hook hook) implements DurableStore {

  /** What is done at an operation. */
  public interface Hook {
    default void before(String operation, String name) throws IOException {}

    default void after(String operation, String name) throws IOException {}
  }

  /** Is told what has just been created. */
  public interface Created extends Hook {
    void created(String name) throws IOException;

    @Override
    default void after(String operation, String name) throws IOException {
      if (operation.equals("create")) {
        created(name);
      }
    }
  }

  /** A store that tells what has been created. */
  public static HookedStore onCreated(DurableStore store, Created created) {
    return new HookedStore(store, created);
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T hooked(String operation, String name, Operation<T> run) throws IOException {
    hook.before(operation, name);
    T result = run.run();
    hook.after(operation, name);
    return result;
  }

  @Override
  public void create(String name, Body body) throws IOException {
    hooked(
        "create",
        name,
        () -> {
          store.create(name, body);
          return null;
        });
  }

  @Override
  public DurableLog append(String name) throws IOException {
    DurableLog log = hooked("append", name, () -> store.append(name));
    return new HookedLog(name, log);
  }

  private final class HookedLog implements DurableLog {
    private final String name;
    private final DurableLog log;

    HookedLog(String name, DurableLog log) {
      this.name = name;
      this.log = log;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      hooked(
          "write",
          name,
          () -> {
            log.write(bytes, offset, length);
            return null;
          });
    }

    @Override
    public void sync() throws IOException {
      hooked(
          "sync",
          name,
          () -> {
            log.sync();
            return null;
          });
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
  public InputStream read(String name) throws IOException {
    return hooked("read", name, () -> store.read(name));
  }

  @Override
  public boolean exists(String name) throws IOException {
    return hooked("exists", name, () -> store.exists(name));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return hooked("list", prefix, () -> store.list(prefix));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    hooked(
        "rename",
        from,
        () -> {
          store.rename(from, to);
          return null;
        });
  }

  @Override
  public void delete(String name) throws IOException {
    hooked(
        "delete",
        name,
        () -> {
          store.delete(name);
          return null;
        });
  }

  @Override
  public void deleteUnfinished(String folder) throws IOException {
    hooked(
        "deleteUnfinished",
        folder,
        () -> {
          store.deleteUnfinished(folder);
          return null;
        });
  }

  @Override
  public String describe() {
    return store.describe();
  }
}
