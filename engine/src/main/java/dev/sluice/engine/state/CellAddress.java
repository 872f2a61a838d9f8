package dev.sluice.engine.state;

import java.util.Objects;

/**
 * Where a cell of a key is: both parts are compared by {@code equals}. Its hash code is computed
 * once, since addresses are what tables of cells are searched by.
 */
public final class CellAddress {
  private final Object namespace;
  private final Object cell;
  private final int hash;

  /** The address of {@code cell} in {@code namespace}. */
  public CellAddress(Object namespace, Object cell) {
    this.namespace = namespace;
    this.cell = cell;
    this.hash = 31 * Objects.hashCode(namespace) + Objects.hashCode(cell);
  }

  public Object namespace() {
    return namespace;
  }

  public Object cell() {
    return cell;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CellAddress that
            && hash == that.hash
            && Objects.equals(cell, that.cell)
            && Objects.equals(namespace, that.namespace));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return cell + " in " + namespace;
  }
}
