package dev.sluice.translation;

import org.apache.beam.sdk.transforms.DoFn;

/** Outputs what comes in, which must be the same at each attempt. */
final class PassStable<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1L;

  @RequiresStableInput
  @ProcessElement
  public void process(@Element T element, OutputReceiver<T> out) {
    out.output(element);
  }
}
