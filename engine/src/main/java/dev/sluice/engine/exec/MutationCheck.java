package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Checks that an element stays as it was when it was emitted: behind each consumer, and once more
 * before the producer's next element and at the end of the bundle.
 */
final class MutationCheck implements Output<Object> {
  private final String producer;
  private final Codec<Object> codec;
  private final Output<Object> next;
  private Object last;
  private byte[] lastBytes;

  MutationCheck(String producer, Codec<Object> codec, Output<Object> next) {
    this.producer = producer;
    this.codec = codec;
    this.next = next;
  }

  @Override
  public void emit(Object element) {
    verifyLast("after it was emitted: an emitted element belongs to its consumers");
    byte[] bytes = encode(element);
    next.emit(element);
    last = element;
    lastBytes = bytes;
    verifyLast("by a consumer: an input element must not be changed, copy it first");
  }

  /** Checks the last element once more and forgets it. */
  void finishBundle() {
    verifyLast("after it was emitted: an emitted element belongs to its consumers");
    last = null;
    lastBytes = null;
  }

  private void verifyLast(String how) {
    if (lastBytes == null || Arrays.equals(lastBytes, encode(last)) || sameDecoded()) {
      return;
    }
    String type = last.getClass().getName();
    throw new IllegalStateException(
        "an element of " + type + " from " + producer + " was changed " + how);
  }

  /**
   * Codecs need not be deterministic: the same value may have other bytes. Those of a class that
   * does not say what equal means have changed if it was not the codec that did it.
   */
  private boolean sameDecoded() {
    try {
      Object before = codec.decode(new ByteArrayInputStream(lastBytes));
      return Objects.deepEquals(before, last)
          || (codec.isFaithful(last, before) && !Arrays.equals(encode(last), encode(last)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] encode(Object element) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      codec.encode(element, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
