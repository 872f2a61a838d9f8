package dev.sluice.translation.source;

import java.io.IOException;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.ValueWithRecordId;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * A split of an unbounded source with the reader that is at it. For use by one thread at a time:
 * the receiver's, or that of the task which it is lent to.
 */
final class OpenSplit<T, MarkT extends CheckpointMark> {
  private final UnboundedSource<T, MarkT> split;
  private final SerializablePipelineOptions options;
  private final String transform;
  private final boolean withIds;
  private final Gauge backlogBytes;
  private UnboundedReader<T> reader;
  private MarkT mark;

  OpenSplit(
      UnboundedSource<T, MarkT> split,
      SerializablePipelineOptions options,
      String transform,
      int number,
      MarkT mark) {
    this.split = split;
    this.options = options;
    this.transform = transform;
    this.mark = mark;
    this.withIds = split.requiresDeduping();
    this.backlogBytes = SourceMetrics.backlogBytesOfSplit(String.valueOf(number));
  }

  String transform() {
    return transform;
  }

  UnboundedReader<T> reader() {
    return reader;
  }

  /**
   * Opens a reader behind the last mark, in place of one that is open; whether it is at a record.
   * It gets a copy of the mark: as long as the mark is not finalized, it is of use to those only
   * who have it from its reader.
   */
  boolean start() throws IOException {
    close();
    reader = split.createReader(options.get(), copied(mark));
    return reader.start();
  }

  private MarkT copied(MarkT original) throws IOException {
    Coder<MarkT> coder = split.getCheckpointMarkCoder();
    return coder == null || original == null ? original : CoderUtils.clone(coder, original);
  }

  /** Whether another reader would find the records behind the last mark. */
  boolean resumes() {
    return mark != null && split.getCheckpointMarkCoder() != null;
  }

  /** The record that the reader is at. */
  Object element() {
    T value = reader.getCurrent();
    Instant timestamp = reader.getCurrentTimestamp();
    return withIds
        ? WindowedValues.timestampedValueInGlobalWindow(
            new ValueWithRecordId<>(value, reader.getCurrentRecordId()), timestamp)
        : WindowedValues.timestampedValueInGlobalWindow(value, timestamp);
  }

  /** A mark behind what the reader has given. */
  @SuppressWarnings("unchecked")
  MarkT readersMark() {
    return (MarkT) reader.getCheckpointMark();
  }

  /**
   * What lies before {@code passed} is in other hands: readers are opened behind it from now on.
   */
  void pass(MarkT passed) {
    mark = passed;
  }

  /** Where the next reader would be opened, null for the beginning. */
  MarkT lastMark() {
    return mark;
  }

  /** Says how much the split still has, as a gauge that counts with the block. */
  void reportBacklog() {
    long bytes = reader.getSplitBacklogBytes();
    if (bytes != UnboundedReader.BACKLOG_UNKNOWN) {
      backlogBytes.set(bytes);
    }
  }

  void close() throws IOException {
    if (reader != null) {
      UnboundedReader<T> closing = reader;
      reader = null;
      closing.close();
    }
  }
}
