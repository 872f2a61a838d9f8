package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;

/** A source of a stream: what its receivers store, batch by batch. */
public interface ReceiverSource<T> extends Source<T> {

  /**
   * The receivers, each read by one task of a batch; called once a stream.
   *
   * @param parallelism how many tasks run at once
   * @param scope stands for the splitting, as an attempt that counts if it does not throw
   */
  List<? extends Receiver<T>> receivers(int parallelism, TaskScope scope) throws Exception;

  /**
   * Writes the marks of its receivers, so that a later process can go on behind them; null if that
   * is not possible.
   */
  default Codec<Object> markCodec() {
    return null;
  }

  /**
   * The receivers of a later process, which go on where others have been.
   *
   * @param parallelism what it was when the stream was started first
   * @param marks of each receiver of then the last one, or null if it had none yet
   * @throws IllegalStateException if there are not as many receivers as then
   */
  default List<? extends Receiver<T>> receivers(
      int parallelism, TaskScope scope, List<Object> marks) throws Exception {
    throw new UnsupportedOperationException("has no marks to go on from");
  }

  /** Writes the records of blocks that do not fit into memory. */
  Codec<T> codec();

  @Override
  default List<Split<T>> splits(int parallelism, TaskScope scope) {
    throw new UnsupportedOperationException("receivers are read by a stream, block by block");
  }
}
