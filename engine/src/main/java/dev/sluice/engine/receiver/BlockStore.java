package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;

/**
 * Where the blocks of a receiver lie: as objects in memory as long as {@code budget} has room for
 * them, then encoded in temporary files. Receivers may share budget and files.
 *
 * @param log keeps the blocks for a later process
 */
public record BlockStore<T>(MemoryBudget budget, TempFiles files, Codec<T> codec, BlockLog<T> log) {
  public BlockStore {
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(log, "log");
  }

  /** A store whose blocks are lost with the process. */
  public BlockStore(MemoryBudget budget, TempFiles files, Codec<T> codec) {
    this(budget, files, codec, BlockLog.none());
  }

  /** A block of {@code records}, at least one, of a receiver that is not there any more. */
  public Block<T> restored(int streamId, long number, Iterator<? extends T> records)
      throws IOException {
    BlockData<T> data = BlockWriter.write(this, new SizeEstimate<>(codec), records);
    return new Block<>(streamId, number, Position.START, Position.START, data);
  }
}
