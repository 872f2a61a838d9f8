package dev.sluice.engine.plan;

/**
 * A key with all values that were sent for it.
 *
 * <p>Values come in the order in which each task sent them. Those of a key that is larger than
 * memory are read from disk at each iteration; they are valid while the group is being processed.
 */
public record Group<K, V>(K key, Iterable<V> values) {}
