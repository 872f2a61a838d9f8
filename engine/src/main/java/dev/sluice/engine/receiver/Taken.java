package dev.sluice.engine.receiver;

import java.util.List;

/**
 * What a batch takes from a receiver.
 *
 * @param blocks whole blocks, oldest first; they belong to the batch, which has to release them
 * @param watermark milliseconds of event time, valid once the blocks have been processed
 * @param ended whether nothing will ever come after them
 * @param mark where the source stands after them, which it may have said without a record; null if
 *     it has not said anything yet
 */
public record Taken<T>(List<Block<T>> blocks, long watermark, boolean ended, Object mark) {
  public Taken {
    blocks = List.copyOf(blocks);
  }
}
