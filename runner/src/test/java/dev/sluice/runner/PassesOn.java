package dev.sluice.runner;

import org.apache.beam.sdk.transforms.DoFn;

/** Passes numbers on, and fails behind one of them, so many times. */
final class PassesOn extends DoFn<Long, Long> {
  private static final long serialVersionUID = 1L;

  private final FailsOften failing;
  private final long at;

  PassesOn(int failures, long at) {
    this.failing = new FailsOften(failures);
    this.at = at;
  }

  /** Whether all failures have happened. */
  boolean isOver() {
    return failing.isOver();
  }

  @ProcessElement
  public void process(@Element Long number, OutputReceiver<Long> output) {
    output.output(number);
    failing.at(number, at);
  }
}
