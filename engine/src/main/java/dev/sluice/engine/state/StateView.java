package dev.sluice.engine.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A partition's state as one attempt sees and changes it, its own changes included. For use by the
 * attempt's thread.
 */
public final class StateView implements Held {
  private final StatePartition partition;
  private final Map<Object, KeyState> changed = new LinkedHashMap<>();
  private long nextNumber;

  StateView(StatePartition partition, long nextNumber) {
    this.partition = partition;
    this.nextNumber = nextNumber;
  }

  /**
   * The state of the key with this identity; it counts as changed from then on.
   *
   * @param identity equal to another's if and only if the keys are the same
   */
  public KeyState key(Object identity) {
    return changed.computeIfAbsent(identity, i -> new KeyState(partition.entry(i)));
  }

  /** A number that no other call for this partition returns, larger than all before. */
  public long nextNumber() {
    return nextNumber++;
  }

  /** All keys with state, and those that this attempt has asked for. */
  public List<Object> keys() {
    Set<Object> all = new LinkedHashSet<>(partition.identities());
    all.addAll(changed.keySet());
    return List.copyOf(all);
  }

  /** What is done with one key. */
  @FunctionalInterface
  public interface Visit<X extends Exception> {
    void at(Object identity, KeyState state) throws X;
  }

  /**
   * Visits the keys that may have a timer that is due, that is: whose time is before that of its
   * domain. Those that this attempt has asked for are among them in any case. A key's state is not
   * to be used after its visit: its changes are then kept in less memory, since all the keys may be
   * due at once.
   */
  public <X extends Exception> void forEachDue(Map<TimerDomain, Long> times, Visit<X> visit)
      throws X {
    List<Object> due = dueOfOthers(times);
    for (Map.Entry<Object, KeyState> asked : List.copyOf(changed.entrySet())) {
      visit(asked.getKey(), asked.getValue(), visit);
    }
    for (Object identity : due) {
      visit(identity, key(identity), visit);
    }
  }

  private <X extends Exception> void visit(Object identity, KeyState state, Visit<X> visit)
      throws X {
    visit.at(identity, state);
    state.settle(partition.shared());
  }

  /**
   * Visits the keys whose first timer of {@code domain} is due before {@code time}, under the same
   * conditions.
   */
  public <X extends Exception> void forEachDue(TimerDomain domain, long time, Visit<X> visit)
      throws X {
    forEachDue(
        Map.of(domain, time),
        (identity, state) -> {
          Timer first = state.first(domain);
          if (first != null && first.timestamp() < time) {
            visit.at(identity, state);
          }
        });
  }

  /** Those that the attempt has not asked for. */
  private List<Object> dueOfOthers(Map<TimerDomain, Long> times) {
    Set<Object> due = new LinkedHashSet<>();
    times.forEach((domain, time) -> partition.addDue(domain, time, due));
    return due.stream().filter(identity -> !changed.containsKey(identity)).toList();
  }

  @Override
  public long hold() {
    long hold = partition.holdWithout(changed);
    for (KeyState state : changed.values()) {
      hold = Math.min(hold, state.hold());
    }
    return hold;
  }

  @Override
  public long earliest(TimerDomain domain) {
    long earliest = partition.earliestWithout(domain, changed.keySet());
    for (KeyState state : changed.values()) {
      Timer first = state.first(domain);
      if (first != null) {
        earliest = Math.min(earliest, first.timestamp());
      }
    }
    return earliest;
  }

  /** Makes the attempt's changes the partition's. */
  public void commit() {
    partition.commit(changed, nextNumber);
  }
}
