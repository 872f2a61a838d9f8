package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import java.util.Objects;

/**
 * Where the blocks of a receiver lie: as objects in memory as long as {@code budget} has room for
 * them, then encoded in temporary files. Receivers may share budget and files.
 */
public record BlockStore<T>(MemoryBudget budget, TempFiles files, Codec<T> codec) {
  public BlockStore {
    Objects.requireNonNull(budget, "budget");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(codec, "codec");
  }
}
