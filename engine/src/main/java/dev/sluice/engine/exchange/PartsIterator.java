package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Segment.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of segments one after another: of each first its runs, then objects, then pages. */
final class PartsIterator implements Iterator<Object> {
  private final Iterator<Part> parts;
  private final Layout.Elements layout;
  private Part part;
  private Iterator<RecordCursor> runs;
  private RecordCursor encoded;
  private int nextRecord;
  private boolean pagesOpened;
  private boolean fetched;
  private Object next;

  PartsIterator(Iterator<Part> parts, Layout.Elements layout) {
    this.parts = parts;
    this.layout = layout;
  }

  @Override
  public boolean hasNext() {
    if (!fetched) {
      try {
        fetched = fetch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return fetched;
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    fetched = false;
    return next;
  }

  private boolean fetch() throws IOException {
    while (true) {
      if (encoded != null && encoded.next()) {
        next = encoded.value(layout.valueCodec());
        return true;
      }
      if (runs != null && runs.hasNext()) {
        // A copy, since another iterator may read the same run.
        encoded = runs.next().copy();
      } else if (part != null && nextRecord < part.records()) {
        encoded = null;
        next = part.slots()[nextRecord++];
        return true;
      } else if (part != null && part.pages() != null && !pagesOpened) {
        encoded = part.pages().cursor();
        pagesOpened = true;
      } else if (parts.hasNext()) {
        encoded = null;
        part = parts.next();
        runs = part.runs().iterator();
        nextRecord = 0;
        pagesOpened = false;
      } else {
        return false;
      }
    }
  }
}
