package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A receiver from one start of the context to its next stop, and what of it is in batches that are
 * not complete. For use by the scheduler's thread.
 */
final class Reception<T> {
  private final int receiver;
  private final ReceiverSupervisor<T> supervisor;
  private final NavigableMap<Long, List<Block<T>>> pending = new TreeMap<>();
  private boolean stopped;

  /**
   * A receiver that is not started yet.
   *
   * @param receiver which one of its stream it is
   */
  Reception(int receiver, ReceiverSupervisor<T> supervisor) {
    this.receiver = receiver;
    this.supervisor = supervisor;
  }

  int receiver() {
    return receiver;
  }

  void start() {
    supervisor.start();
  }

  boolean running() {
    return !stopped;
  }

  boolean waiting() {
    return supervisor.waitingBlocks() > 0;
  }

  Throwable failure() {
    return stopped ? null : supervisor.failure();
  }

  void rate(double recordsPerSecond) {
    if (!stopped) {
      supervisor.rate(recordsPerSecond);
    }
  }

  /** Takes all that it has for batch {@code timeMs}. */
  List<Block<T>> take(long timeMs) {
    List<Block<T>> blocks = supervisor.take(Long.MAX_VALUE).blocks();
    if (!blocks.isEmpty()) {
      pending.put(timeMs, new ArrayList<>(blocks));
    }
    return blocks;
  }

  /** Acknowledges each block, since a mark may stand for the records since the last one only. */
  void committed(long timeMs) {
    List<Block<T>> blocks = pending.remove(timeMs);
    if (blocks != null) {
      blocks.forEach(supervisor::committed);
    }
  }

  void stop(boolean graceful) {
    if (!stopped) {
      supervisor.stop(graceful);
      stopped = true;
    }
  }

  /** Whether nothing of it is left to be taken or acknowledged. */
  boolean over() {
    return stopped && pending.isEmpty() && !waiting();
  }

  void close() {
    stopped = true;
    supervisor.close();
  }
}
