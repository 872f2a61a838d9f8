package dev.sluice.runner;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been called on each instance of a DoFn, in order; calls in a row count as one. */
final class InstanceLog implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Shared<Map<Integer, List<String>>> instances = Shared.of(new LinkedHashMap<>());

  /** A number for a new instance. */
  int register() {
    Map<Integer, List<String>> all = instances.get();
    synchronized (all) {
      all.put(all.size(), new ArrayList<>());
      return all.size() - 1;
    }
  }

  void add(int instance, String call) {
    Map<Integer, List<String>> all = instances.get();
    synchronized (all) {
      List<String> calls = all.get(instance);
      if (calls.isEmpty() || !calls.get(calls.size() - 1).equals(call)) {
        calls.add(call);
      }
    }
  }

  /** The calls of each instance. */
  List<String> lives() {
    Map<Integer, List<String>> all = instances.get();
    synchronized (all) {
      return all.values().stream().map(calls -> String.join(" ", calls)).toList();
    }
  }
}
