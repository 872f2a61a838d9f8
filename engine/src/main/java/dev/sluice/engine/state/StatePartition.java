package dev.sluice.engine.state;

import dev.sluice.engine.codec.Shared;
import dev.sluice.engine.state.KeyState.Entry;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The committed state of one operator's partition. Read by one attempt at a time, which changes it
 * when it has run to its end.
 */
public final class StatePartition implements Held {
  private final CommittedKeys keys;
  private final Shared shared = new Shared();
  private long nextNumber;

  /** A partition on the heap of which nothing is written. */
  public StatePartition() {
    this(false);
  }

  /**
   * An empty partition on the heap.
   *
   * @param recorded whether it notes what has changed, for {@link #changes}
   */
  public StatePartition(boolean recorded) {
    this(new HeapKeys(recorded));
  }

  StatePartition(CommittedKeys keys) {
    this.keys = keys;
  }

  /** A view for one attempt. */
  public StateView open() {
    return new StateView(this, nextNumber);
  }

  public boolean isEmpty() {
    return keys.size() == 0;
  }

  /** How many keys have state. */
  public int size() {
    return keys.size();
  }

  @Override
  public long earliest(TimerDomain domain) {
    return keys.earliest(domain);
  }

  @Override
  public long hold() {
    return keys.hold();
  }

  Shared shared() {
    return shared;
  }

  Entry entry(Object identity) {
    return keys.entry(identity);
  }

  Collection<Object> identities() {
    return keys.identities();
  }

  /** Those with a timer of {@code domain} that is due before {@code time}, the earliest first. */
  void addDue(TimerDomain domain, long time, Set<Object> due) {
    keys.addDue(domain, time, due);
  }

  /** When the first timer of {@code domain} of those that are not in {@code changed} is due. */
  long earliestWithout(TimerDomain domain, Set<Object> changed) {
    return keys.earliestWithout(domain, changed);
  }

  /** The smallest hold of those that are not in {@code changed}. */
  long holdWithout(Map<Object, KeyState> changed) {
    return keys.holdWithout(changed);
  }

  void commit(Map<Object, KeyState> changed, long number) {
    changed.forEach(
        (identity, state) -> {
          if (state.isChanged()) {
            keys.put(identity, state.before(), state.committed(shared));
          }
        });
    keys.flush();
    nextNumber = number;
  }

  /**
   * What has changed since this was called last; to be called while no attempt runs.
   *
   * @param all whether everything is asked for instead
   */
  public StateChanges changes(boolean all) {
    return keys.changes(all, nextNumber);
  }

  /**
   * Takes over what {@link StateChanges#write} wrote in the same format; what is not in it stays.
   */
  public void apply(StateFormat format, DataInputStream in) throws IOException {
    long number = in.readLong();
    StateReader reader = new StateReader(format, in);
    while (reader.next()) {
      keys.restore(reader.identity(), reader.entry());
    }
    keys.flush();
    nextNumber = Math.max(nextNumber, number);
  }

  /** Takes over what was written of one key, null for nothing, when {@code number} was next. */
  void restore(Object identity, Entry entry, long number) {
    keys.restore(identity, entry);
    nextNumber = Math.max(nextNumber, number);
  }
}
