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

  /** Writes the records of blocks that do not fit into memory. */
  Codec<T> codec();

  @Override
  default List<Split<T>> splits(int parallelism, TaskScope scope) {
    throw new UnsupportedOperationException("receivers are read by a stream, block by block");
  }
}
