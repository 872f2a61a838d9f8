package dev.sluice.engine.receiver;

import java.util.function.Consumer;

/** The records of a block, wherever they are. Safe for use by many threads. */
sealed interface BlockContent<T> permits BlockData, UnreadContent {

  /** How many there are; of records that are not read yet, how many at most. */
  long count();

  /** Passes all records; {@code block} is for messages. */
  void forEach(Consumer<? super T> consumer, Block<T> block);

  /** Nobody will ask for them again. */
  void release();
}
