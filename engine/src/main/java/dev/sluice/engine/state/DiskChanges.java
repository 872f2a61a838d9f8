package dev.sluice.engine.state;

import java.io.DataOutputStream;
import java.io.IOException;

/** Changes to keys of a database, which a snapshot shows as they were. Nothing is decoded. */
final class DiskChanges implements StateChanges {
  private final DiskSnapshot snapshot;
  private final DiskRange entries;
  private final DiskRange dirty;
  private final long nextNumber;

  /**
   * All of {@code entries}, or of those only that {@code dirty} has the keys of.
   *
   * @param dirty null for all
   */
  DiskChanges(DiskSnapshot snapshot, DiskRange entries, DiskRange dirty, long nextNumber) {
    this.snapshot = snapshot;
    this.entries = entries;
    this.dirty = dirty;
    this.nextNumber = nextNumber;
  }

  @Override
  public void write(StateFormat format, DataOutputStream out) throws IOException {
    try (snapshot) {
      out.writeLong(nextNumber);
      snapshot.begin(dirty == null ? entries : dirty);
      for (byte[] key = snapshot.next(); key != null; key = snapshot.next()) {
        byte[] entry = dirty == null ? snapshot.value() : snapshot.get(entries.key(key));
        out.writeBoolean(true);
        out.write(key);
        out.writeBoolean(entry != null);
        if (entry != null) {
          out.write(entry);
        }
      }
      out.writeBoolean(false);
    }
  }
}
