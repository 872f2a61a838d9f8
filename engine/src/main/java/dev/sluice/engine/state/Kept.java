package dev.sluice.engine.state;

import dev.sluice.engine.codec.Codec;

/** A cell that holds one value which nobody changes. */
public record Kept<T>(T value, Codec<T> codec, long hold) implements Cell {
  @Override
  public Kept<T> copy() {
    return this;
  }

  @Override
  public boolean isEmpty() {
    return false;
  }
}
