package dev.sluice.engine.rdd;

import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks that one attempt makes: its own until it has succeeded. For use by the attempt's
 * thread, then by the thread that drives the job.
 */
final class AttemptBlocks {
  private final List<BlockWriter> writers = new ArrayList<>();
  private final List<Block> complete = new ArrayList<>();

  static AttemptBlocks of(TaskScope scope) {
    return scope.local(AttemptBlocks.class, AttemptBlocks::new);
  }

  void opened(BlockWriter writer) {
    writers.add(writer);
  }

  void completed(Block block) {
    complete.add(block);
  }

  /** Hands the blocks of successful attempts to {@code store}, and frees those of others. */
  static TaskListener publishing(BlockStore store) {
    return new TaskListener() {
      @Override
      public void submitted(TaskScope attempt) {}

      @Override
      public void succeeded(TaskScope attempt) {
        of(attempt).complete.forEach(store::offer);
      }

      @Override
      public void discarded(TaskScope attempt) {
        of(attempt).discard();
      }
    };
  }

  private void discard() {
    try {
      for (BlockWriter writer : writers) {
        writer.discard();
      }
      for (Block block : complete) {
        block.free();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
