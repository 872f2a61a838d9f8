package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Output;

/**
 * Checks that an element stays as it was when it was emitted. {@link Consumer} looks behind each
 * consumer, and this before the producer's next element and at the end of the bundle.
 */
final class MutationCheck implements Output<Object> {
  private final String producer;
  private final Codec<Object> codec;
  private final Output<Object> next;
  private Snapshot last;

  MutationCheck(String producer, Codec<Object> codec, Output<Object> next) {
    this.producer = producer;
    this.codec = codec;
    this.next = next;
  }

  @Override
  public void emit(Object element) {
    verifyLast();
    last = Snapshot.of(element, codec);
    next.emit(element);
  }

  /** Checks the last element once more and forgets it. */
  void finishBundle() {
    verifyLast();
    last = null;
  }

  private void verifyLast() {
    if (last != null && last.hasChanged()) {
      throw new IllegalStateException(
          String.format(
              "an element of %s from %s was changed after it was emitted: an emitted element"
                  + " belongs to its consumers",
              last.typeName(), producer));
    }
  }

  /** Checks that one consumer does not change what it is handed. */
  record Consumer(
      String producer, String name, Codec<Object> codec, Output<Object> next, TaskAttempt attempt)
      implements Output<Object> {
    @Override
    public void emit(Object element) {
      Snapshot before = Snapshot.of(element, codec);
      next.emit(element);
      if (before.hasChanged()) {
        throw attempt.failed(
            name,
            new IllegalStateException(
                String.format(
                    "an element of %s from %s was changed by a consumer, %s: copy an element"
                        + " before changing it",
                    before.typeName(), producer, name)));
      }
    }
  }
}
