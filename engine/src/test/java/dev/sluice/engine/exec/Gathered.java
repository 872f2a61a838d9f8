package dev.sluice.engine.exec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A group whose values were read once, from the first to the last. */
public record Gathered(Object key, List<Object> values) implements Serializable {
  static Gathered of(Object key, Iterable<Object> values) {
    List<Object> all = new ArrayList<>();
    values.forEach(all::add);
    return new Gathered(key, all);
  }
}
