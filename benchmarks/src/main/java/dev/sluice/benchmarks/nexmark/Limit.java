package dev.sluice.benchmarks.nexmark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.nexmark.model.Event;

/** What no runner can be faster than. */
enum Limit {
  /** Making the events. */
  GENERATED("generator") {
    @Override
    Event pass(Event event) {
      return event;
    }
  },
  /** The same, and the encoding and decoding of each event that query 0 consists of. */
  CODED("generator and query 0's coding") {
    @Override
    @SuppressWarnings("deprecation") // The context that query 0 has, too.
    Event pass(Event event) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Event.CODER.encode(event, bytes, Coder.Context.OUTER);
      return Event.CODER.decode(new ByteArrayInputStream(bytes.toByteArray()), Coder.Context.OUTER);
    }
  };

  private final String label;

  Limit(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The limit of {@code query}. */
  static Limit of(Query query) {
    return query == Query.Q0 ? CODED : GENERATED;
  }

  /** What happens to each event. */
  abstract Event pass(Event event) throws IOException;
}
