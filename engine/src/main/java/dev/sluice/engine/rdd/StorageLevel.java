package dev.sluice.engine.rdd;

/** Where the blocks of a persisted {@link Rdd} lie. Memory is that of the context's budget. */
public enum StorageLevel {
  /** Objects in memory. A block that does not fit is not kept, one that is evicted is dropped. */
  MEMORY(true, false, false),
  /** Encoded and compressed in memory: smaller, slower to read. Else as {@link #MEMORY}. */
  MEMORY_SERIALIZED(true, false, true),
  /** Objects in memory. What does not fit or is evicted moves to a temporary file. */
  MEMORY_AND_DISK(true, true, false),
  /** Encoded and compressed in temporary files. */
  DISK(false, true, true);

  private final boolean memory;
  private final boolean disk;
  private final boolean serialized;

  StorageLevel(boolean memory, boolean disk, boolean serialized) {
    this.memory = memory;
    this.disk = disk;
    this.serialized = serialized;
  }

  boolean memory() {
    return memory;
  }

  boolean disk() {
    return disk;
  }

  boolean serialized() {
    return serialized;
  }
}
