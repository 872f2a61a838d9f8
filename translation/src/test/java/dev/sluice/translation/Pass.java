package dev.sluice.translation;

import org.apache.beam.sdk.transforms.DoFn;

/** Outputs what comes in. */
final class Pass<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element T element, OutputReceiver<T> out) {
    out.output(element);
  }
}
