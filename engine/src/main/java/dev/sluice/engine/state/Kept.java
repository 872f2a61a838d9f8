package dev.sluice.engine.state;

/** A cell that holds one value which nobody changes. */
public record Kept<T>(T value, long hold) implements Cell {
  @Override
  public Kept<T> copy() {
    return this;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }
}
