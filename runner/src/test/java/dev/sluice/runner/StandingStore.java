package dev.sluice.runner;

import dev.sluice.engine.storage.DurableLog;
import dev.sluice.engine.storage.DurableStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A store in which a program may stand still around the files of its checkpoints. */
record StandingStore(DurableStore store, StandStill standStill) implements DurableStore {
  private static final String CHECKPOINTS = "checkpoints/";

  @Override
  public void create(String name, Body body) throws IOException {
    if (!name.startsWith(CHECKPOINTS)) {
      store.create(name, body);
      return;
    }
    standStill.at(KillPoint.FILE_NOT_BEGUN);
    store.create(name, out -> body.writeTo(new HalfWritten(out)));
    standStill.at(KillPoint.FILE_WRITTEN);
  }

  @Override
  public void delete(String name) throws IOException {
    store.delete(name);
    if (name.startsWith(CHECKPOINTS)) {
      standStill.at(KillPoint.OLDER_HALF_DROPPED);
    }
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
  public void deleteUnfinished(String folder) throws IOException {
    store.deleteUnfinished(folder);
  }

  @Override
  public String describe() {
    return store.describe();
  }

  /** Writes the half of the first frame, and then the rest. */
  private final class HalfWritten extends FilterOutputStream {
    private static final int HEADER = 16;
    private boolean begun;

    HalfWritten(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int first = begun || length < HEADER ? 0 : length / 2;
      if (first > 0) {
        begun = true;
        out.write(bytes, offset, first);
        out.flush();
        standStill.at(KillPoint.FILE_HALF_WRITTEN);
      }
      out.write(bytes, offset + first, length - first);
    }
  }
}
