package dev.sluice.engine.receiver;

import java.util.List;

/**
 * What a batch takes from a receiver.
 *
 * @param blocks whole blocks, oldest first; they belong to the batch, which has to release them
 * @param watermark milliseconds of event time, valid once the blocks have been processed
 * @param ended whether nothing will ever come after them
 */
public record Taken<T>(List<Block<T>> blocks, long watermark, boolean ended) {
  public Taken {
    blocks = List.copyOf(blocks);
  }
}
