package dev.sluice.engine.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * The states of a partition after a batch. Immutable: the next batch makes another of it, which
 * costs what it changes and shares the rest.
 *
 * @param states by key
 * @param idle the keys by when they may time out; none of them if states do not
 */
record StateTable<K, S>(Trie<KeptState<K, S>> states, IdleKeys<K> idle, long timeoutMs) {

  /**
   * No states.
   *
   * @param timeoutMs for how long a key may have no values; 0 for ever
   */
  static <K, S> StateTable<K, S> empty(long slideMs, long timeoutMs) {
    return new StateTable<>(Trie.empty(), IdleKeys.none(slideMs), timeoutMs);
  }

  Edit<K, S> edit() {
    return new Edit<>(this);
  }

  /** Makes the table after it. For one thread. */
  static final class Edit<K, S> {
    private final long timeoutMs;
    private final Trie.Edit<KeptState<K, S>> states;
    private final IdleKeys.Edit<K> idle;

    private Edit(StateTable<K, S> before) {
      timeoutMs = before.timeoutMs;
      states = before.states.edit();
      idle = before.idle.edit();
    }

    /** The states of {@code keys}; null for a key that has none. */
    List<KeptState<K, S>> find(List<StateKey<K>> keys) {
      return states.find(keys);
    }

    /** Sets the state of a key that had {@code before}, or none if that is null. */
    void put(KeptState<K, S> before, KeptState<K, S> after) {
      states.put(after);
      if (before == null && timeoutMs > 0) {
        idle.add(after.of());
      }
    }

    void remove(KeptState<K, S> gone) {
      states.remove(gone);
      if (timeoutMs > 0) {
        idle.remove(gone.of());
      }
    }

    /** The states that time out at {@code nowMs}. They have to be removed. */
    List<KeptState<K, S>> timingOut(long nowMs) {
      List<KeptState<K, S>> due = new ArrayList<>();
      if (timeoutMs > 0) {
        for (StateKey<K> key : idle.until(nowMs - timeoutMs)) {
          KeptState<K, S> kept = states.find(key);
          if (nowMs - kept.lastMs() >= timeoutMs) {
            due.add(kept);
          } else {
            move(kept);
          }
        }
      }
      return due;
    }

    /** Its key has had values: it cannot time out before so long after these. */
    private void move(KeptState<K, S> kept) {
      StateKey<K> key = kept.of();
      StateKey<K> moved = new StateKey<>(key.identity(), key.hash(), key.key(), kept.lastMs());
      idle.remove(key);
      idle.add(moved);
      states.put(KeptState.of(moved, kept.state(), kept.lastMs()));
    }

    StateTable<K, S> done() {
      return new StateTable<>(states.done(), idle.done(), timeoutMs);
    }
  }
}
