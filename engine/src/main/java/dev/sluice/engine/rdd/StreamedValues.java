package dev.sluice.engine.rdd;

import java.util.Iterator;

/**
 * The values of a group that may be larger than memory: read anew by each iteration, while the
 * group is processed. For use by the task's thread.
 */
final class StreamedValues<V> implements Iterable<V>, AutoCloseable {
  private final Iterable<V> values;
  private boolean closed;

  StreamedValues(Iterable<V> values) {
    this.values = values;
  }

  @Override
  public Iterator<V> iterator() {
    checkOpen();
    Iterator<V> each = values.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        checkOpen();
        return each.hasNext();
      }

      @Override
      public V next() {
        checkOpen();
        return each.next();
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the values of a large group can be read while it is processed only:"
              + " copy them into a list to keep them");
    }
  }
}
