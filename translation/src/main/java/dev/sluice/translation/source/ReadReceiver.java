package dev.sluice.translation.source;

import dev.sluice.engine.receiver.Receiver;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;

/**
 * Reads a part of a Beam source on the receiver's own thread. A reader that throws is opened again
 * where it had come to, after a while; when it has thrown too often without giving anything in
 * between, the stream fails with what it threw.
 */
abstract class ReadReceiver extends Receiver<Object> {
  private final String transform;
  private final ReadSettings settings;
  private int failures;

  ReadReceiver(String transform, ReadSettings settings) {
    this.transform = transform;
    this.settings = settings;
  }

  /** Reads to the end of the source, or until the receiver is stopped. */
  abstract void read(ReadBlocks block) throws Exception;

  /** Stores what the block has, if it has anything. */
  final void store(ReadBlocks block, Object mark, long watermark) {
    List<Object> records = block.take();
    store(records, mark, watermark);
    noteProgress(records.size());
  }

  /** So many records were read since the last failure. */
  final void noteProgress(long records) {
    if (records > 0) {
      failures = 0;
    }
  }

  @Override
  public final void onStart() throws Exception {
    ReadBlocks block = new ReadBlocks(transform, settings);
    MetricsContainer previous = block.enter();
    try {
      read(block);
    } catch (Exception e) {
      if (isStopped() || ++failures < settings.maxAttempts()) {
        throw e;
      }
      stop("reading has failed " + failures + " times", e);
    } finally {
      MetricsEnvironment.setCurrentContainer(previous);
    }
  }

  @Override
  public void onStop() {}
}
