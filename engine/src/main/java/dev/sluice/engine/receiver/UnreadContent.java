package dev.sluice.engine.receiver;

import java.util.function.Consumer;

/** Records of a block that are still in the source. */
record UnreadContent<T>(Unread<T> records) implements BlockContent<T> {
  @Override
  public long count() {
    return records.count();
  }

  @Override
  public void forEach(Consumer<? super T> consumer, Block<T> block) {
    records.forEach(consumer);
  }

  @Override
  public void release() {
    records.release();
  }
}
