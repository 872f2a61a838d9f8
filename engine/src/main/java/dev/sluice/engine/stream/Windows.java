package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.stream.Computation.Made;
import dev.sluice.engine.stream.Node.Need;
import dev.sluice.engine.stream.Node.Shape;
import dev.sluice.engine.stream.Node.Storage;
import java.time.Duration;
import java.util.List;

/**
 * Makes the nodes that read the datasets of several batches. A window of batch t holds those after
 * t less its length, up to and with t.
 */
final class Windows {
  private Windows() {}

  /** Lengths in milliseconds. */
  record Lengths(long windowMs, long slideMs) {

    /**
     * Notes what is wrong with them for a stream that reads {@code parent}; then they are those of
     * the parent, since the graph will be refused anyway.
     */
    static Lengths checked(Node<?> parent, String name, Duration window, Duration slide) {
      boolean windowRight = check(parent, name, "window", window);
      boolean slideRight = check(parent, name, "slide", slide);
      return windowRight && slideRight
          ? new Lengths(window.toMillis(), slide.toMillis())
          : new Lengths(parent.slideMs(), parent.slideMs());
    }

    /** Notes it unless {@code length} is a multiple of the slide of {@code parent}. */
    static boolean check(Node<?> parent, String name, String what, Duration length) {
      boolean right = Durations.isWhole(length) && length.toMillis() % parent.slideMs() == 0;
      if (!right) {
        parent
            .graph()
            .problem(
                String.format(
                    "the %s of %s of %s is %s, which is no multiple of %d ms, the slide of the"
                        + " stream that it reads",
                    what, name, parent, text(length), parent.slideMs()));
      }
      return right;
    }

    private static String text(Duration length) {
      return Durations.isWhole(length) ? length.toMillis() + " ms" : length.toString();
    }
  }

  /** All records of a window; the parent keeps its own in memory. */
  static <T> Node<T> window(Node<T> parent, String name, Lengths lengths) {
    parent.persistForReaders();
    Need need = new Need(parent, lengths.windowMs() - parent.slideMs());
    Graph graph = parent.graph();
    Node<T> node =
        graph.add(name, new Shape(lengths.slideMs(), List.of(need), Storage.LINEAGE, false));
    node.computedBy(
        timeMs -> {
          parent.dataset(timeMs);
          List<Rdd<T>> slices = parent.between(timeMs - lengths.windowMs(), timeMs);
          return Made.of(Streams.union(graph.rdds(), slices));
        });
    return node;
  }

  /** The dataset of {@code parent} of {@code slides} slides before; empty if there is none. */
  static <T> Node<T> previous(Node<T> parent, int slides) {
    long backMs = Math.multiplyExact(parent.slideMs(), (long) slides);
    Graph graph = parent.graph();
    Need need = new Need(parent, backMs);
    Node<T> node =
        graph.add("previous", new Shape(parent.slideMs(), List.of(need), Storage.LINEAGE, false));
    node.computedBy(
        timeMs -> {
          Rdd<T> before = parent.existing(timeMs - backMs);
          return Made.of(Streams.union(graph.rdds(), before == null ? List.of() : List.of(before)));
        });
    return node;
  }
}
