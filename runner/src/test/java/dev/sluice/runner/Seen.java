package dev.sluice.runner;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.transforms.DoFn;

/** Passes elements on, and shows the test which have come, in the order of the calls. */
final class Seen<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1L;

  private final Shared<List<T>> seen = Shared.of(new CopyOnWriteArrayList<>());
  private final Latch enough;

  /** With a latch that opens by one with each element. */
  Seen(Latch enough) {
    this.enough = enough;
  }

  List<T> elements() {
    return seen.get();
  }

  @ProcessElement
  public void process(@Element T element, OutputReceiver<T> out) {
    seen.get().add(element);
    out.output(element);
    enough.open();
  }
}
