package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Segment.Part;
import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One partition of an exchange, open for reading; while it is, nothing of it spills.
 *
 * <p>For use by one thread, except that {@link #records} may be iterated by several.
 */
public final class ExchangeReader implements AutoCloseable {
  private final List<Segment> segments;
  private final Layout layout;
  private final Runnable check;
  private final List<Part> parts = new ArrayList<>();
  private boolean closed;

  ExchangeReader(List<Segment> segments, int partition, Layout layout, Runnable check) {
    this.segments = segments;
    this.layout = layout;
    this.check = check;
    segments.forEach(segment -> parts.add(segment.beginRead(partition)));
  }

  /** Pushes everything to {@code output}: groups of a grouped exchange, else the records. */
  public void pushTo(Output<Object> output) throws IOException {
    if (layout instanceof Layout.Keyed keyed) {
      if (parts.stream().allMatch(Part::hasObjectsOnly)) {
        InMemoryGroups.of(parts, keyed).pushTo(output);
      } else {
        MergedGroups.of(parts, keyed, check).pushTo(output);
      }
      return;
    }
    for (Object record : records()) {
      output.emit(record);
    }
  }

  /** The records of an exchange that is not grouped; each iteration reads them anew. */
  public Iterable<Object> records() {
    Layout.Elements elements = (Layout.Elements) layout;
    return () -> new PartsIterator(parts.iterator(), elements);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      segments.forEach(Segment::endRead);
    }
  }
}
