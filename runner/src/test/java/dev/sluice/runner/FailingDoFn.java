package dev.sluice.runner;

import org.apache.beam.sdk.transforms.DoFn;

/** A DoFn that passes its elements on, and throws in one method. */
final class FailingDoFn extends DoFn<Long, Long> {
  private static final long serialVersionUID = 1L;
  private final LifeCycle failing;

  FailingDoFn(LifeCycle failing) {
    this.failing = failing;
  }

  @Setup
  public void setUp() throws Exception {
    LifeCycle.SETUP.reached(failing);
  }

  @StartBundle
  public void startBundle() throws Exception {
    LifeCycle.START_BUNDLE.reached(failing);
  }

  @ProcessElement
  public void process(@Element Long n, OutputReceiver<Long> out) throws Exception {
    LifeCycle.PROCESS_ELEMENT.reached(failing);
    out.output(n);
  }

  @FinishBundle
  public void finishBundle() throws Exception {
    LifeCycle.FINISH_BUNDLE.reached(failing);
  }

  @Teardown
  public void tearDown() throws Exception {
    LifeCycle.TEARDOWN.reached(failing);
  }
}
