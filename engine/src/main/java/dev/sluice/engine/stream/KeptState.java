package dev.sluice.engine.stream;

/**
 * The state of a key. What stands for the key is here, too: to find a state does not cost a look at
 * a further object.
 *
 * @param lastMs the batch in which the key had values last
 */
record KeptState<K, S>(Object identity, int hash, StateKey<K> of, S state, long lastMs)
    implements Trie.Entry {

  static <K, S> KeptState<K, S> of(StateKey<K> key, S state, long lastMs) {
    return new KeptState<>(key.identity(), key.hash(), key, state, lastMs);
  }
}
