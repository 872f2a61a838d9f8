package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * An element with what its codec wrote of it at one moment, to see whether it has changed since.
 */
record Snapshot(Object element, byte[] bytes, Codec<Object> codec) {

  static Snapshot of(Object element, Codec<Object> codec) {
    return new Snapshot(element, encode(element, codec), codec);
  }

  boolean hasChanged() {
    return !Arrays.equals(bytes, encode(element, codec)) && !sameDecoded();
  }

  String typeName() {
    return codec.typeName(element);
  }

  /**
   * Codecs need not be deterministic: the same value may have other bytes. Those of a class that
   * does not say what equal means have changed if it was not the codec that did it.
   */
  private boolean sameDecoded() {
    try {
      Object before = codec.fromBytes(bytes);
      return Objects.deepEquals(before, element)
          || (codec.isFaithful(element, before)
              && !Arrays.equals(encode(element, codec), encode(element, codec)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] encode(Object element, Codec<Object> codec) {
    try {
      return codec.toBytes(element);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
