package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Borrowed;
import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The values of one key: some in memory, the others read from runs by each iteration. */
final class LargeValues implements Iterable<Object>, Borrowed {
  private final List<Object> first;
  private final List<KeyedCursor> rest;
  private final byte[] key;
  private final Codec<Object> codec;
  private final Runnable check;

  LargeValues(
      List<Object> first, List<KeyedCursor> rest, byte[] key, Codec<Object> codec, Runnable check) {
    this.first = first;
    this.rest = rest;
    this.key = key;
    this.codec = codec;
    this.check = check;
  }

  @Override
  public Iterator<Object> iterator() {
    return new Iterator<>() {
      private final Iterator<Object> inMemory = first.iterator();
      private Merge merge;

      @Override
      public boolean hasNext() {
        return inMemory.hasNext() || merge().at(key);
      }

      @Override
      public Object next() {
        if (inMemory.hasNext()) {
          return inMemory.next();
        }
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        check.run();
        try {
          Object value = merge.current().value(codec);
          merge.next();
          return value;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      private Merge merge() {
        if (merge == null) {
          merge = openMerge();
        }
        return merge;
      }
    };
  }

  private Merge openMerge() {
    try {
      return Merge.of(rest.stream().map(KeyedCursor::copy).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
