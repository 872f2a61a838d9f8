package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Merges sorted cursors: by key, and for one key cursor by cursor, which keeps the order in which
 * each task sent its values. For use by one thread.
 */
final class Merge {
  private final PriorityQueue<Head> heads = new PriorityQueue<>();

  private record Head(KeyedCursor cursor, int ordinal) implements Comparable<Head> {
    @Override
    public int compareTo(Head other) {
      int byKey =
          KeyOrder.compare(cursor.hash(), cursor.key(), other.cursor.hash(), other.cursor.key());
      return byKey != 0 ? byKey : Integer.compare(ordinal, other.ordinal);
    }
  }

  /** A merge of cursors none of which has been moved yet. */
  static Merge of(List<KeyedCursor> cursors) throws IOException {
    Merge merge = new Merge();
    for (int i = 0; i < cursors.size(); i++) {
      if (cursors.get(i).next()) {
        merge.heads.add(new Head(cursors.get(i), i));
      }
    }
    return merge;
  }

  /** The cursor at the current record, or null at the end. */
  KeyedCursor current() {
    Head head = heads.peek();
    return head == null ? null : head.cursor();
  }

  /** Whether the current record has {@code key}. */
  boolean at(byte[] key) {
    KeyedCursor current = current();
    return current != null && (current.key() == key || Arrays.equals(current.key(), key));
  }

  void next() throws IOException {
    Head head = heads.peek();
    byte[] key = head.cursor().key();
    boolean more = head.cursor().next();
    if (more && head.cursor().key() == key) {
      // It is still the least.
      return;
    }
    heads.poll();
    if (more) {
      heads.add(head);
    }
  }

  /** Writes all that is left. */
  void writeTo(RunWriter out, Codec<Object> codec) throws IOException {
    for (KeyedCursor current = current(); current != null; current = current()) {
      current.write(codec, out);
      next();
    }
  }

  /** Forks of the cursors that stand at {@code key}, in order. */
  List<KeyedCursor> forksAt(byte[] key) {
    List<KeyedCursor> forks = new ArrayList<>();
    heads.stream()
        .filter(head -> Arrays.equals(head.cursor().key(), key))
        .sorted(Comparator.comparingInt(Head::ordinal))
        .forEach(head -> forks.add(head.cursor().fork()));
    return forks;
  }
}
