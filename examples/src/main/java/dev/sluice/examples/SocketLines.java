package dev.sluice.examples;

import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * Reads lines from a TCP server until it closes the connection.
 *
 * <p>A socket cannot be read again: what the server had sent when a connection broke is lost, as it
 * is with any source that keeps nothing.
 */
final class SocketLines extends UnboundedSource<String, SocketLines.Nothing> {
  private static final long serialVersionUID = 1L;
  private static final int CONNECT_TIMEOUT_MS = 10_000;

  private final String host;
  private final int port;
  private final LineTimes times;

  SocketLines(String host, int port, LineTimes times) {
    this.host = host;
    this.port = port;
    this.times = times;
  }

  /** There is nothing to remember, and nothing that the server waits for. */
  record Nothing() implements CheckpointMark, Serializable {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<SocketLines> split(int desiredSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<String> createReader(PipelineOptions options, Nothing mark) {
    return new Reader(this);
  }

  @Override
  public Coder<Nothing> getCheckpointMarkCoder() {
    return SerializableCoder.of(Nothing.class);
  }

  @Override
  public Coder<String> getOutputCoder() {
    return StringUtf8Coder.of();
  }

  /** Never waits for a line: the watermark has to move without lines too. */
  private static final class Reader extends UnboundedReader<String> {
    private final SocketLines source;
    private final TimedLines lines;
    private final LineBuffer buffer = new LineBuffer();
    private SocketChannel channel;

    Reader(SocketLines source) {
      this.source = source;
      this.lines = new TimedLines(source.times, BoundedWindow.TIMESTAMP_MIN_VALUE);
    }

    @Override
    public boolean start() throws IOException {
      channel = SocketChannel.open();
      try {
        channel
            .socket()
            .connect(new InetSocketAddress(source.host, source.port), CONNECT_TIMEOUT_MS);
      } catch (IOException e) {
        throw new IOException(
            String.format(
                "nobody serves lines at %s:%d: start the server first, such as nc -lk %d",
                source.host, source.port, source.port),
            e);
      }
      channel.configureBlocking(false);
      return advance();
    }

    @Override
    public boolean advance() throws IOException {
      String line = buffer.next(channel);
      if (line == null && buffer.atEnd()) {
        line = buffer.rest();
        if (line == null) {
          lines.end();
        }
      }
      return lines.take(line);
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
    public CheckpointMark getCheckpointMark() {
      return new Nothing();
    }

    @Override
    public SocketLines getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
