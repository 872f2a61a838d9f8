package dev.sluice.engine.stream;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a context leaves behind for a later process, and takes over from an earlier one. For use by
 * the thread that starts it, then by the scheduler's.
 */
interface Durability {

  /**
   * A batch of an earlier process that was planned.
   *
   * @param done whether it is durable
   */
  record Restored(long timeMs, long records, boolean done) {}

  /**
   * Where an earlier process stood.
   *
   * @param afterMs the batch of its last checkpoint
   * @param batches those that were planned after it, in order; the datasets of their inputs are
   *     made
   * @param downtime what becomes of the ticks since then
   */
  record Resumed(long afterMs, List<Restored> batches, Downtime downtime) {}

  /**
   * Begins.
   *
   * @return nothing if there was no process before
   * @throws IOException if there is something that cannot be gone on from
   */
  Optional<Resumed> open() throws IOException;

  /** It is fixed what the inputs have for a batch; it will be with the next sync. */
  void planned(long timeMs, long records) throws IOException;

  /** Makes sure that what was planned stays so. */
  void sync() throws IOException;

  /** All outputs of a batch are prepared. When this returns the batch is durable. */
  void done(long timeMs, Map<String, List<String>> prepared) throws IOException;

  /** A batch is published, and what nothing needs is forgotten: between two batches. */
  void complete(long timeMs) throws IOException;

  /** Called from time to time, so that failures of what goes on in the background are told. */
  void check() throws IOException;

  /** A run has ended, perhaps with a failure; there may be another. */
  void stopped() throws IOException;

  void close() throws IOException;

  /** Of a context that leaves nothing behind. */
  static Durability none() {
    return new Durability() {
      @Override
      public Optional<Resumed> open() {
        return Optional.empty();
      }

      @Override
      public void planned(long timeMs, long records) {}

      @Override
      public void sync() {}

      @Override
      public void done(long timeMs, Map<String, List<String>> prepared) {}

      @Override
      public void complete(long timeMs) {}

      @Override
      public void check() {}

      @Override
      public void stopped() {}

      @Override
      public void close() {}
    };
  }
}
