package dev.sluice.runner;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Gives a number its rest as key. */
final class ByRest extends DoFn<Long, KV<Long, Long>> {
  private static final long serialVersionUID = 1L;
  private final long keys;

  ByRest(long keys) {
    this.keys = keys;
  }

  @ProcessElement
  public void process(@Element Long number, OutputReceiver<KV<Long, Long>> out) {
    out.output(KV.of(number % keys, number));
  }
}
