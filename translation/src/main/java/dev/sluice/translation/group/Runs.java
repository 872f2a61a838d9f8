package dev.sluice.translation.group;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Elements in runs that a trigger sees one after another: of 128 at most, and a new part wherever
 * the pane changes, since panes were emitted one after another.
 */
record Runs<T>(Iterable<WindowedValue<T>> elements) implements Iterable<List<WindowedValue<T>>> {
  private static final int MAX_ELEMENTS = 128;

  @Override
  public Iterator<List<WindowedValue<T>>> iterator() {
    Iterator<WindowedValue<T>> rest = elements.iterator();
    return new Iterator<>() {
      private WindowedValue<T> first = rest.hasNext() ? rest.next() : null;

      @Override
      public boolean hasNext() {
        return first != null;
      }

      @Override
      public List<WindowedValue<T>> next() {
        if (first == null) {
          throw new NoSuchElementException();
        }
        List<WindowedValue<T>> run = new ArrayList<>();
        PaneInfo pane = first.getPaneInfo();
        while (first != null && run.size() < MAX_ELEMENTS && first.getPaneInfo().equals(pane)) {
          run.add(first);
          first = rest.hasNext() ? rest.next() : null;
        }
        return run;
      }
    };
  }
}
