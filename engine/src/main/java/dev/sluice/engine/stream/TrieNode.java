package dev.sluice.engine.stream;

import dev.sluice.engine.stream.Trie.Entry;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A node of a {@link Trie}: an array of 32 without its empty slots. A slot holds an entry, or a
 * node of at least two whose hash codes agree so far. Where hash codes have no bits left, the slots
 * are a list.
 *
 * <p>A node may be changed in place by the edit that has made it, and by nothing else; whoever gets
 * it from a {@link Trie} sees it as immutable.
 */
final class TrieNode {
  private static final int BITS = 5;
  private static final int MASK = (1 << BITS) - 1;

  private final Object owner;
  private int present;
  private Object[] slots;

  private TrieNode(Object owner, int present, Object... slots) {
    this.owner = owner;
    this.present = present;
    this.slots = slots;
  }

  static TrieNode empty() {
    return new TrieNode(null, 0);
  }

  boolean isEmpty() {
    return slots.length == 0;
  }

  /** The entry that has the key of {@code wanted}, or null. */
  Entry find(Entry wanted) {
    TrieNode node = this;
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      int bit = bit(wanted, shift);
      if ((node.present & bit) == 0) {
        return null;
      }
      Object slot = node.slots[node.index(bit)];
      if (slot instanceof Entry entry) {
        return same(entry, wanted) ? entry : null;
      }
      node = (TrieNode) slot;
    }
    int at = node.search(wanted);
    return at < 0 ? null : (Entry) node.slots[at];
  }

  /**
   * The entries that have the keys of {@code wanted}, or null in their places. They go down the
   * trie side by side: the processor waits for their ways through memory at once and not one after
   * the other, which is most of what it costs to find an entry among many.
   */
  Object[] find(Entry[] wanted) {
    Object[] found = new Object[wanted.length];
    Arrays.fill(found, this);
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      boolean further = false;
      for (int i = 0; i < wanted.length; i++) {
        if (found[i] instanceof TrieNode node) {
          int bit = bit(wanted[i], shift);
          found[i] = (node.present & bit) == 0 ? null : node.slots[node.index(bit)];
          further = true;
        }
      }
      if (!further) {
        break;
      }
    }
    for (int i = 0; i < wanted.length; i++) {
      if (found[i] instanceof TrieNode list) {
        int at = list.search(wanted[i]);
        found[i] = at < 0 ? null : list.slots[at];
      } else if (found[i] != null && !same((Entry) found[i], wanted[i])) {
        found[i] = null;
      }
    }
    return found;
  }

  /** With {@code entry} instead of the one that has its key. */
  TrieNode with(Entry entry, int shift, Object editor) {
    if (shift >= Integer.SIZE) {
      int at = search(entry);
      return at < 0 ? inserted(0, slots.length, entry, editor) : replaced(at, entry, editor);
    }
    int bit = bit(entry, shift);
    int at = index(bit);
    if ((present & bit) == 0) {
      return inserted(bit, at, entry, editor);
    }
    if (slots[at] instanceof TrieNode child) {
      return replaced(at, child.with(entry, shift + BITS, editor), editor);
    }
    Entry other = (Entry) slots[at];
    return replaced(
        at, same(other, entry) ? entry : both(other, entry, shift + BITS, editor), editor);
  }

  /** Without the entry that has the key of {@code gone}. */
  TrieNode without(Entry gone, int shift, Object editor) {
    if (shift >= Integer.SIZE) {
      int at = search(gone);
      return at < 0 ? this : removed(0, at, editor);
    }
    int bit = bit(gone, shift);
    if ((present & bit) == 0) {
      return this;
    }
    int at = index(bit);
    if (slots[at] instanceof TrieNode child) {
      TrieNode rest = child.without(gone, shift + BITS, editor);
      // One entry alone moves up: there is one form for each set of entries.
      return replaced(at, rest.isOneEntry() ? rest.slots[0] : rest, editor);
    }
    return same((Entry) slots[at], gone) ? removed(bit, at, editor) : this;
  }

  @SuppressWarnings("unchecked") // A trie has entries of one type.
  <E> void forEach(Consumer<? super E> consumer) {
    for (Object slot : slots) {
      if (slot instanceof TrieNode child) {
        child.forEach(consumer);
      } else {
        consumer.accept((E) slot);
      }
    }
  }

  /** A node of two entries of different keys. */
  private static TrieNode both(Entry a, Entry b, int shift, Object editor) {
    if (shift >= Integer.SIZE) {
      return new TrieNode(editor, 0, a, b);
    }
    int bitA = bit(a, shift);
    int bitB = bit(b, shift);
    if (bitA == bitB) {
      return new TrieNode(editor, bitA, both(a, b, shift + BITS, editor));
    }
    boolean ordered = Integer.compareUnsigned(bitA, bitB) < 0;
    return new TrieNode(editor, bitA | bitB, ordered ? a : b, ordered ? b : a);
  }

  private static int bit(Entry entry, int shift) {
    return 1 << (entry.hash() >>> shift & MASK);
  }

  private static boolean same(Entry a, Entry b) {
    return a.hash() == b.hash() && Objects.equals(a.identity(), b.identity());
  }

  /** Where the slot of {@code bit} is or would be. */
  private int index(int bit) {
    return Integer.bitCount(present & (bit - 1));
  }

  private int search(Entry wanted) {
    for (int i = 0; i < slots.length; i++) {
      if (same((Entry) slots[i], wanted)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isOneEntry() {
    return slots.length == 1 && slots[0] instanceof Entry;
  }

  private TrieNode replaced(int at, Object slot, Object editor) {
    if (slots[at] == slot) {
      return this;
    }
    if (owner == editor) {
      slots[at] = slot;
      return this;
    }
    Object[] copy = slots.clone();
    copy[at] = slot;
    return new TrieNode(editor, present, copy);
  }

  private TrieNode inserted(int bit, int at, Entry entry, Object editor) {
    Object[] more = Arrays.copyOf(slots, slots.length + 1);
    System.arraycopy(slots, at, more, at + 1, slots.length - at);
    more[at] = entry;
    return changed(present | bit, more, editor);
  }

  private TrieNode removed(int bit, int at, Object editor) {
    Object[] fewer = Arrays.copyOf(slots, slots.length - 1);
    System.arraycopy(slots, at + 1, fewer, at, fewer.length - at);
    return changed(present & ~bit, fewer, editor);
  }

  private TrieNode changed(int nowPresent, Object[] nowSlots, Object editor) {
    if (owner != editor) {
      return new TrieNode(editor, nowPresent, nowSlots);
    }
    present = nowPresent;
    slots = nowSlots;
    return this;
  }
}
