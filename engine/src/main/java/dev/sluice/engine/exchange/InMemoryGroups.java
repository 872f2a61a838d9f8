package dev.sluice.engine.exchange;

import dev.sluice.engine.exchange.Segment.Part;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups what lies in memory, in a hash map, keys in the order in which they first came. */
final class InMemoryGroups {
  private final Map<Object, List<Object>> values = new LinkedHashMap<>();
  private final Layout.Keyed layout;

  private InMemoryGroups(Layout.Keyed layout) {
    this.layout = layout;
  }

  static InMemoryGroups of(List<Part> parts, Layout.Keyed layout) {
    InMemoryGroups groups = new InMemoryGroups(layout);
    parts.forEach(groups::add);
    return groups;
  }

  private void add(Part part) {
    Object[] slots = part.slots();
    for (int i = 0, n = 2 * part.records(); i < n; i += 2) {
      values.computeIfAbsent(slots[i], key -> new ArrayList<>(4)).add(slots[i + 1]);
    }
  }

  void pushTo(Output<Object> output) throws IOException {
    for (Map.Entry<Object, List<Object>> entry : values.entrySet()) {
      output.emit(new Group<>(layout.key(entry.getKey()), entry.getValue()));
    }
  }
}
