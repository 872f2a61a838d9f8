package dev.sluice.examples;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/** Prints lines as they come. */
final class Printed extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  @Override
  public PDone expand(PCollection<String> lines) {
    lines.apply(ParDo.of(new Print()));
    return PDone.in(lines.getPipeline());
  }

  private static final class Print extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String line) {
      System.out.println(line);
    }
  }
}
