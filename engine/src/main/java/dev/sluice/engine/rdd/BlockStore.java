package dev.sluice.engine.rdd;

import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.Spillable;
import dev.sluice.engine.memory.TempFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The blocks of a context's persisted datasets. Safe for use by many threads.
 *
 * <p>Blocks draw on the context's memory budget. When somebody asks for memory that is not there,
 * those used least recently are evicted. A job pins the blocks that it has planned to read: until
 * it ends they may move to disk but are not dropped.
 */
public final class BlockStore {
  private final MemoryBudget budget;
  private final TempFiles files;
  private final Map<Block.Key, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Integer> persisted = new HashSet<>();
  private final Spillable evictor = new Evictor();

  BlockStore(MemoryBudget budget, TempFiles files) {
    this.budget = budget;
    this.files = files;
    budget.register(evictor);
  }

  BlockWriter.Space space() {
    return new BlockWriter.Space(budget, files);
  }

  /** Whether there is a block for {@code partition} of the {@link Rdd} with {@code id}. */
  public synchronized boolean contains(int id, int partition) {
    // Not get(), which would count as a use.
    return blocks.containsKey(new Block.Key(id, partition));
  }

  /**
   * Loses a block, as an eviction would: it is computed anew when it is next needed. Jobs that have
   * begun to read it go on.
   *
   * @return whether there was one
   */
  public boolean drop(int id, int partition) {
    Block removed;
    synchronized (this) {
      removed = blocks.remove(new Block.Key(id, partition));
    }
    if (removed == null) {
      return false;
    }
    freeUnlessPinned(removed);
    return true;
  }

  /** Estimated heap bytes that blocks take of the budget. */
  public synchronized long memoryBytes() {
    return blocks.values().stream().mapToLong(Block::memoryBytes).sum();
  }

  /** Accepts blocks of a dataset from now on. */
  synchronized void admit(int dataset) {
    persisted.add(dataset);
  }

  /** Drops all blocks of a dataset and accepts no more. */
  void dismiss(int dataset) {
    List<Block> removed = new ArrayList<>();
    synchronized (this) {
      persisted.remove(dataset);
      blocks.values().stream().filter(b -> b.key().dataset() == dataset).forEach(removed::add);
      removed.forEach(block -> blocks.remove(block.key()));
    }
    removed.forEach(this::freeUnlessPinned);
  }

  /** The block with {@code key}, pinned until {@link #release}; null if there is none. */
  synchronized Block acquire(Block.Key key) {
    Block block = blocks.get(key);
    if (block != null) {
      block.pin(1);
    }
    return block;
  }

  /** Takes back {@link #acquire}. */
  void release(Block block) {
    boolean orphan;
    synchronized (this) {
      orphan = block.pin(-1) == 0 && blocks.get(block.key()) != block;
    }
    if (orphan) {
      free(block);
    }
  }

  /** Takes over a block, unless another task was first or nobody wants it any more. */
  void offer(Block block) {
    boolean taken;
    synchronized (this) {
      taken =
          persisted.contains(block.key().dataset())
              && blocks.putIfAbsent(block.key(), block) == null;
    }
    if (!taken) {
      free(block);
    }
  }

  void close() {
    budget.unregister(evictor);
    List<Block> all;
    synchronized (this) {
      all = List.copyOf(blocks.values());
      blocks.clear();
      persisted.clear();
    }
    all.forEach(this::free);
  }

  private void freeUnlessPinned(Block block) {
    boolean idle;
    synchronized (this) {
      idle = block.pin(0) == 0;
    }
    if (idle) {
      free(block);
    }
  }

  private void free(Block block) {
    try {
      block.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Least recently used first. */
  private synchronized List<Block> evictable() {
    return blocks.values().stream().filter(BlockStore::evictable).toList();
  }

  private static boolean evictable(Block block) {
    return block.level().disk() ? block.movable() : block.pin(0) == 0 && block.memoryBytes() > 0;
  }

  /** Drops {@code block} if still nobody needs it. */
  private long drop(Block block) throws IOException {
    synchronized (this) {
      if (!evictable(block) || !blocks.remove(block.key(), block)) {
        return 0;
      }
    }
    return block.free();
  }

  /** All blocks as one thing that can spill, so that their order is by use, not by size. */
  private final class Evictor implements Spillable {
    private static final int SHARE = 16;

    @Override
    public long spillableBytes() {
      return evictable().stream().mapToLong(Block::memoryBytes).sum();
    }

    /** Frees at least a sixteenth of the budget if it can: more than any buffer asks for. */
    @Override
    public long spill() throws IOException {
      long enough = Math.max(1, budget.limitBytes() / SHARE);
      long freed = 0;
      for (Block block : evictable()) {
        if (freed >= enough) {
          break;
        }
        freed += block.level().disk() ? block.moveToDisk(files) : drop(block);
      }
      return freed;
    }
  }
}
