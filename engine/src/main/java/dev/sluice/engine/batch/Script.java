package dev.sluice.engine.batch;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that says itself when what happens: for tests. Each event is a batch of its own, and the
 * next comes when nothing is left to do. A stream with a script has a clock that only scripts move;
 * several scripts share it and take turns.
 */
public record Script<T>(List<Event> events, Codec<T> codec) implements Source<T> {
  public Script {
    events = List.copyOf(events);
  }

  /** What happens next. */
  public sealed interface Event extends Serializable {}

  /** Records come, each encoded by the script's codec. */
  public record Elements(List<byte[]> records) implements Event {}

  /** The watermark moves to {@code watermark}. */
  public record AdvanceWatermark(long watermark) implements Event {}

  /** The clock moves by {@code millis}. */
  public record AdvanceTime(long millis) implements Event {}

  /** An event in which {@code records} come. */
  public static <T> Event elements(List<T> records, Codec<T> codec) {
    List<byte[]> encoded = new ArrayList<>();
    for (T record : records) {
      try {
        encoded.add(codec.toBytes(record));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Elements(encoded);
  }

  List<T> decode(Elements elements) throws IOException {
    List<T> records = new ArrayList<>();
    for (byte[] encoded : elements.records()) {
      records.add(codec.fromBytes(encoded));
    }
    return records;
  }

  @Override
  public List<Split<T>> splits(int parallelism, TaskScope scope) {
    throw new UnsupportedOperationException("a script is read by a stream, event by event");
  }
}
