package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;

/** A piece of state. For use by one thread at a time. */
public interface Cell {

  /** A cell with the same content that can be changed without changing this one. */
  Cell copy();

  /** Whether the cell is as if it had never been written: it is forgotten then. */
  boolean isEmpty();

  /** What the output watermark waits for while the cell has its content. */
  default long hold() {
    return Watermark.END;
  }
}
