package dev.sluice.engine.stream;

/**
 * A key that has a state, and what stands for it in a {@link Trie}.
 *
 * @param sinceMs the batch in which {@link IdleKeys} has heard of it last
 */
record StateKey<K>(Object identity, int hash, K key, long sinceMs) implements Trie.Entry {

  static <K> StateKey<K> of(Object identity, K key, long sinceMs) {
    return new StateKey<>(identity, Trie.hash(identity), key, sinceMs);
  }
}
