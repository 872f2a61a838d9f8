package dev.sluice.engine.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Keys by when they may time out at the earliest: each under a batch since which it was not, or not
 * known to be, without values. A key that gets values stays where it is; it is found when its turn
 * comes, and moves to where it belongs by then. So a key is looked at when it times out, and at
 * most once for each batch in which it had values.
 *
 * <p>The batches of a slide of the stream are kept together, so that what comes next is found by
 * counting slides. Immutable; versions share what has not changed.
 */
final class IdleKeys<K> {
  // Beyond it, after a long stop, the slides that there are get looked through instead.
  private static final long MOST_SLIDES = 1_000;

  private final long slideMs;
  private final Trie<Slide<K>> slides;
  private final long first;

  /**
   * The keys of a slide.
   *
   * @param identity its number
   */
  private record Slide<K>(Long identity, int hash, Trie<StateKey<K>> keys) implements Trie.Entry {
    static <K> Slide<K> of(long number, Trie<StateKey<K>> keys) {
      Long identity = number;
      return new Slide<>(identity, Trie.hash(identity), keys);
    }
  }

  /**
   * A version.
   *
   * @param first no slide before has keys
   */
  private IdleKeys(long slideMs, Trie<Slide<K>> slides, long first) {
    this.slideMs = slideMs;
    this.slides = slides;
    this.first = first;
  }

  static <K> IdleKeys<K> none(long slideMs) {
    return new IdleKeys<>(slideMs, Trie.empty(), Long.MAX_VALUE);
  }

  Edit<K> edit() {
    return new Edit<>(this);
  }

  private long number(long timeMs) {
    return Math.floorDiv(timeMs, slideMs);
  }

  private Trie<StateKey<K>> keys(long number) {
    Slide<K> slide = slides.find(Slide.of(number, null));
    return slide == null ? Trie.empty() : slide.keys();
  }

  /** The slides up to {@code last} that may have keys, in order. */
  private LongStream upTo(long last) {
    if (first > last) {
      return LongStream.empty();
    }
    if (last - first < MOST_SLIDES) {
      return LongStream.rangeClosed(first, last);
    }
    TreeSet<Long> found = new TreeSet<>();
    slides.forEach(slide -> found.add(slide.identity()));
    return found.headSet(last, true).stream().mapToLong(Long::longValue);
  }

  /** Makes the next version. For one thread. */
  static final class Edit<K> {
    private final IdleKeys<K> before;
    private final Map<Long, Trie.Edit<StateKey<K>>> changed = new HashMap<>();
    private long first;

    private Edit(IdleKeys<K> before) {
      this.before = before;
      this.first = before.first;
    }

    void add(StateKey<K> key) {
      long number = before.number(key.sinceMs());
      changed(number).put(key);
      first = Math.min(first, number);
    }

    void remove(StateKey<K> key) {
      changed(before.number(key.sinceMs())).remove(key);
    }

    /**
     * All keys of batches up to {@code limitMs}, and perhaps later ones of its slide. Those of
     * earlier slides have to be removed, or moved to later ones.
     */
    List<StateKey<K>> until(long limitMs) {
      List<StateKey<K>> keys = new ArrayList<>();
      long last = before.number(limitMs);
      before.upTo(last).forEach(number -> now(number).forEach(keys::add));
      first = Math.max(first, last);
      return keys;
    }

    IdleKeys<K> done() {
      Trie.Edit<Slide<K>> slides = before.slides.edit();
      changed.forEach(
          (number, edit) -> {
            Slide<K> slide = Slide.of(number, edit.done());
            if (slide.keys().isEmpty()) {
              slides.remove(slide);
            } else {
              slides.put(slide);
            }
          });
      return new IdleKeys<>(before.slideMs, slides.done(), first);
    }

    private Trie.Edit<StateKey<K>> changed(long number) {
      return changed.computeIfAbsent(number, n -> before.keys(n).edit());
    }

    private Trie<StateKey<K>> now(long number) {
      Trie.Edit<StateKey<K>> edit = changed.get(number);
      return edit == null ? before.keys(number) : edit.done();
    }
  }
}
