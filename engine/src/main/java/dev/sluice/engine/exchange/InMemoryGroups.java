package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Segment.Part;
import dev.sluice.engine.plan.Group;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups what lies in memory, in a hash map, keys in the order in which they first came. */
final class InMemoryGroups implements Iterable<Group<Object, Object>> {
  private final Map<Object, List<Object>> values = new LinkedHashMap<>();

  private InMemoryGroups() {}

  static InMemoryGroups of(List<Part> parts) {
    InMemoryGroups groups = new InMemoryGroups();
    parts.forEach(groups::add);
    return groups;
  }

  private void add(Part part) {
    Object[] slots = part.slots();
    for (int i = 0, n = 2 * part.records(); i < n; i += 2) {
      values.computeIfAbsent(slots[i], key -> new ArrayList<>(4)).add(slots[i + 1]);
    }
  }

  @Override
  public Iterator<Group<Object, Object>> iterator() {
    Iterator<Map.Entry<Object, List<Object>>> entries = values.entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Group<Object, Object> next() {
        Map.Entry<Object, List<Object>> entry = entries.next();
        Object id = entry.getKey();
        Object key = id instanceof EncodedKey encoded ? encoded.key() : id;
        return new Group<>(key, entry.getValue());
      }
    };
  }
}
