package dev.sluice.engine.rdd;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/** Iterators one after another; each is made when its turn comes and forgotten when it ends. */
final class Concatenated<T> implements Iterator<T> {
  private final Deque<Supplier<Iterator<T>>> rest;
  private Iterator<T> part = Collections.emptyIterator();

  Concatenated(List<Supplier<Iterator<T>>> parts) {
    this.rest = new ArrayDeque<>(parts);
  }

  @Override
  public boolean hasNext() {
    while (!part.hasNext() && !rest.isEmpty()) {
      part = Collections.emptyIterator(); // lets go of the last one before the next is made
      part = rest.remove().get();
    }
    return part.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return part.next();
  }
}
