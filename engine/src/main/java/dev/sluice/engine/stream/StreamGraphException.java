package dev.sluice.engine.stream;

import java.util.List;

/** A graph of streams that cannot be run. The message has all that is wrong with it. */
public final class StreamGraphException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StreamGraphException(List<String> problems) {
    super("the stream cannot be started: " + String.join("; ", problems));
  }
}
