package dev.sluice.translation.state;

import dev.sluice.engine.state.Cell;

/**
 * One of Beam's cells as a checkpoint had it: it is decoded when it is asked for, by the tag that
 * asks.
 */
final class StoredCell implements Cell {
  private final byte[] content;
  private final long hold;

  StoredCell(byte[] content, long hold) {
    this.content = content;
    this.hold = hold;
  }

  byte[] content() {
    return content;
  }

  @Override
  public StoredCell copy() {
    return this;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public long hold() {
    return hold;
  }
}
