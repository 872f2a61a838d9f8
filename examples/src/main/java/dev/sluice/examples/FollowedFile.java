package dev.sluice.examples;

import java.io.IOException;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Reads the lines of a file and then those that are appended to it, as {@code tail -F} does,
 * without end.
 *
 * <p>A line counts when its end has been written. A file that does not exist yet is waited for; one
 * that was cut, or replaced by another of the same name, is read from its start. What was in it
 * beforehand and not read yet is lost when it is cut.
 */
final class FollowedFile extends UnboundedSource<String, FollowedFile.Position> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final LineTimes times;

  FollowedFile(String file, LineTimes times) {
    this.file = file;
    this.times = times;
  }

  /** How many bytes of the file are read, and the latest time in them. */
  record Position(long bytes, long latestMs) implements CheckpointMark, Serializable {
    static final Position START = new Position(0, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis());

    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<FollowedFile> split(int desiredSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<String> createReader(PipelineOptions options, Position mark) {
    return new Reader(this, mark == null ? Position.START : mark);
  }

  @Override
  public Coder<Position> getCheckpointMarkCoder() {
    return SerializableCoder.of(Position.class);
  }

  @Override
  public Coder<String> getOutputCoder() {
    return StringUtf8Coder.of();
  }

  private static final class Reader extends UnboundedReader<String> {
    private final FollowedFile source;
    private final Path file;
    private final TimedLines lines;
    private LineBuffer buffer = new LineBuffer();
    private FileChannel channel;
    private Object fileKey;
    private long firstBytes;

    Reader(FollowedFile source, Position from) {
      this.source = source;
      this.file = Path.of(source.file);
      this.lines = new TimedLines(source.times, Instant.ofEpochMilli(from.latestMs()));
      this.firstBytes = from.bytes();
    }

    @Override
    public boolean start() throws IOException {
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      return lines.take(next());
    }

    private String next() throws IOException {
      if (channel == null && !open()) {
        return null;
      }
      String line = buffer.next(channel);
      if (line != null) {
        return line;
      }
      if (channel.size() < channel.position()) {
        close();
      } else if (replaced()) {
        // Something can have been appended just before.
        line = buffer.next(channel);
        if (line == null) {
          line = buffer.rest();
          close();
        }
      }
      return line;
    }

    private boolean open() throws IOException {
      try {
        channel = FileChannel.open(file);
      } catch (NoSuchFileException e) {
        return false;
      }
      fileKey = key();
      firstBytes = firstBytes <= channel.size() ? firstBytes : 0;
      channel.position(firstBytes);
      return true;
    }

    private boolean replaced() throws IOException {
      Object key = key();
      return key != null && !key.equals(fileKey);
    }

    /**
     * What the file system knows the file by; null if it has no such thing, or there is no file.
     */
    private Object key() throws IOException {
      try {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      } catch (NoSuchFileException e) {
        return null;
      }
    }

    @Override
    public Position getCheckpointMark() {
      return new Position(firstBytes + buffer.takenBytes(), lines.latest().getMillis());
    }

    @Override
    public String getCurrent() {
      return lines.current();
    }

    @Override
    public Instant getCurrentTimestamp() {
      return lines.time();
    }

    @Override
    public Instant getWatermark() {
      return lines.watermark();
    }

    @Override
    public FollowedFile getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
        channel = null;
      }
      buffer = new LineBuffer();
      firstBytes = 0;
    }
  }
}
