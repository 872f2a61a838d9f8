package dev.sluice.engine.stream;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * An immutable hash map: entries by the keys that they know, in a trie of their hash codes. What is
 * made of it by an edit shares all nodes in which nothing has changed (Bagwell, Ideal Hash Trees,
 * 2001; edits in place as in Clojure's transients). Entries come in an order of their own, which
 * does not depend on how they got in unless hash codes are the same.
 */
final class Trie<E extends Trie.Entry> {
  private final TrieNode root;

  /** Something with a key. Immutable. */
  interface Entry {

    /** Equals another's if and only if the keys are the same; null for a key that is null. */
    Object identity();

    /** What {@link Trie#hash} gives for the identity. */
    int hash();
  }

  private Trie(TrieNode root) {
    this.root = root;
  }

  static <E extends Entry> Trie<E> empty() {
    return new Trie<>(TrieNode.empty());
  }

  /** A hash code all of whose bits depend on all of those of the identity's. */
  static int hash(Object identity) {
    int hash = Objects.hashCode(identity);
    hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
    return hash ^ (hash >>> 16);
  }

  /** The entry that has the key of {@code wanted}, or null. */
  @SuppressWarnings("unchecked") // The nodes have entries of this type.
  E find(Entry wanted) {
    return (E) root.find(wanted);
  }

  boolean isEmpty() {
    return root.isEmpty();
  }

  void forEach(Consumer<? super E> consumer) {
    root.forEach(consumer);
  }

  Edit<E> edit() {
    return new Edit<>(root);
  }

  /** Makes another version, of which nobody sees anything before it is done. For one thread. */
  static final class Edit<E extends Entry> {
    // Not this object: nodes keep it for as long as they live.
    private Object owner = new Object();
    private TrieNode root;

    private Edit(TrieNode root) {
      this.root = root;
    }

    @SuppressWarnings("unchecked") // The nodes have entries of this type.
    E find(Entry wanted) {
      return (E) root.find(wanted);
    }

    /** The entries that have the keys of {@code wanted}; null where there is none. */
    @SuppressWarnings("unchecked") // The nodes have entries of this type.
    List<E> find(List<? extends Entry> wanted) {
      return (List<E>) (List<?>) Arrays.asList(root.find(wanted.toArray(new Entry[0])));
    }

    /** Puts {@code entry} in the place of the one that has its key. */
    void put(E entry) {
      root = root.with(entry, 0, owner);
    }

    /** Removes the entry that has the key of {@code gone}, if there is one. */
    void remove(Entry gone) {
      root = root.without(gone, 0, owner);
    }

    /** What has been made so far; whatever follows is another version. */
    Trie<E> done() {
      owner = new Object();
      return new Trie<>(root);
    }
  }
}
