package dev.sluice.engine.state;

import dev.sluice.engine.state.KeyState.Entry;
import dev.sluice.engine.time.Watermark;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What is committed of a partition's keys, with indexes of first timers and of holds. Read by one
 * attempt at a time, which changes it when it has run to its end.
 */
interface CommittedKeys {

  /** How many keys there are. */
  int size();

  /** What is kept of a key, which nobody changes; null for nothing. */
  Entry entry(Object identity);

  /** All keys, as they are now. */
  Collection<Object> identities();

  /**
   * Replaces what is kept of a key, and notes that it has changed.
   *
   * @param before what has been kept of it, of which the cells may be missing; null for nothing
   * @param after what is to be kept, null for nothing
   */
  void put(Object identity, Entry before, Entry after);

  /** Replaces what is kept of a key by what was written once: that is no change. */
  void restore(Object identity, Entry entry);

  /** What was put or restored so far is complete. */
  void flush();

  /** When the first timer of {@code domain} is due, {@link Watermark#END} if there is none. */
  long earliest(TimerDomain domain);

  /** The smallest hold. */
  long hold();

  /** Adds those with a timer of {@code domain} due before {@code time}, the earliest first. */
  void addDue(TimerDomain domain, long time, Set<Object> due);

  /** When the first timer of {@code domain} of those that are not in {@code changed} is due. */
  long earliestWithout(TimerDomain domain, Set<Object> changed);

  /** The smallest hold of those that are not in {@code changed}. */
  long holdWithout(Map<Object, KeyState> changed);

  /**
   * What has changed since this was called last, to be written while keys change again.
   *
   * @param all whether everything is asked for instead
   * @param nextNumber is written with it
   */
  StateChanges changes(boolean all, long nextNumber);
}
