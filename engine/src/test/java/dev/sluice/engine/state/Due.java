package dev.sluice.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys that a view visits because they may be due. */
final class Due {
  private Due() {}

  static List<Object> of(StateView view, Map<TimerDomain, Long> times) {
    List<Object> due = new ArrayList<>();
    view.forEachDue(times, (identity, state) -> due.add(identity));
    return due;
  }
}
