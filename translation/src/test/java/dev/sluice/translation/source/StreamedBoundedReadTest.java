package dev.sluice.translation.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.SplitScope;
import dev.sluice.translation.source.StreamedBoundedRead.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Where a bounded read in a stream goes on, and whether that is still the place that it was. */
class StreamedBoundedReadTest {
  private static final int WORKERS = 2;

  /** Parts of these sizes, which nobody reads. */
  private static final class Sized extends BoundedSource<Long> {
    private static final long serialVersionUID = 1L;
    private final List<Long> sizes;

    Sized(List<Long> sizes) {
      this.sizes = sizes;
    }

    @Override
    public List<Sized> split(long desired, PipelineOptions options) {
      return sizes.stream().map(size -> new Sized(List.of(size))).toList();
    }

    @Override
    public long getEstimatedSizeBytes(PipelineOptions options) {
      return sizes.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public BoundedReader<Long> createReader(PipelineOptions options) {
      throw new UnsupportedOperationException();
    }
  }

  private static StreamedBoundedRead<Long> read(Long... sizes) {
    SerializablePipelineOptions options =
        new SerializablePipelineOptions(PipelineOptionsFactory.create());
    return new StreamedBoundedRead<>(
        new BoundedRead<>(new Sized(List.of(sizes)), options, "Read"),
        null,
        new ReadSettings(100, 0, 1000, 1));
  }

  private static int receivers(StreamedBoundedRead<Long> read, Object... marks) throws Exception {
    return read.receivers(WORKERS, new SplitScope(), List.of(marks)).size();
  }

  @Test
  void goesOnIfTheInputIsAsItWas() throws Exception {
    StreamedBoundedRead<Long> read = read(10L, 20L, 30L);
    long shape = read.shape(read.read().splits(WORKERS, new SplitScope()));
    assertEquals(2, receivers(read, new Position(1, 5, shape), new Position(0, 7, shape)));
  }

  @Test
  void isRefusedIfTheInputIsSplitOtherwise() throws Exception {
    StreamedBoundedRead<Long> before = read(10L, 20L, 30L);
    long shape = before.shape(before.read().splits(WORKERS, new SplitScope()));
    Position place = new Position(0, 5, shape);
    for (StreamedBoundedRead<Long> now :
        List.of(read(10L, 20L, 30L, 40L), read(10L, 20L, 31L), read(20L, 10L, 30L))) {
      String message =
          assertThrows(IllegalStateException.class, () -> receivers(now, place, place))
              .getMessage();
      assertTrue(message.contains("the input of Read has changed"), message);
    }
  }

  @Test
  void mayHaveChangedOnceAllOfItIsRead() throws Exception {
    Position end = new Position(2, 0, Position.ANY_SHAPE);
    assertEquals(2, receivers(read(10L, 20L, 31L), end, end));
  }

  @Test
  void readsPlacesOfTheFirstFormToo() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(3);
    out.writeLong(17);
    assertEquals(new Position(3, 17, Position.ANY_SHAPE), decoded(bytes));
  }

  @Test
  void writesPlacesWithTheirShapes() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new PositionCodec().encode(new Position(3, 17, 99), bytes);
    assertEquals(new Position(3, 17, 99), decoded(bytes));
  }

  private static Object decoded(ByteArrayOutputStream bytes) throws IOException {
    return new PositionCodec().decode(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
