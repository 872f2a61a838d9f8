package dev.sluice.runner;

import dev.sluice.engine.storage.DurableStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A store in which a program may stand still around the files of its checkpoints. */
final class StandingStore extends ForwardingStore {
  private static final String CHECKPOINTS = "checkpoints/";

  private final StandStill standStill;

  StandingStore(DurableStore store, StandStill standStill) {
    super(store);
    this.standStill = standStill;
  }

  @Override
  public void create(String name, Body body) throws IOException {
    if (!name.startsWith(CHECKPOINTS)) {
      super.create(name, body);
      return;
    }
    standStill.at(KillPoint.FILE_NOT_BEGUN);
    super.create(name, out -> body.writeTo(new HalfWritten(out)));
    standStill.at(KillPoint.FILE_WRITTEN);
  }

  @Override
  public void delete(String name) throws IOException {
    super.delete(name);
    if (name.startsWith(CHECKPOINTS)) {
      standStill.at(KillPoint.OLDER_HALF_DROPPED);
    }
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
