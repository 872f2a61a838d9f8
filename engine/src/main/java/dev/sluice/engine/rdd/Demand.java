package dev.sluice.engine.rdd;

import dev.sluice.engine.plan.TaskScope;

/** How many consumers of an attempt still want records. For use by the attempt's thread. */
final class Demand {
  private int open;

  static Demand of(TaskScope scope) {
    return scope.local(Demand.class, Demand::new);
  }

  void opened() {
    open++;
  }

  void satisfied() {
    open--;
  }

  boolean met() {
    return open == 0;
  }
}
