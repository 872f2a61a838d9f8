package dev.sluice.benchmarks;

import dev.sluice.translation.dofn.DoFnStep;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;

/** The most trivial of DoFns. */
final class AddOne extends DoFn<Long, Long> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<Long> TAG = new TupleTag<>("main");

  @ProcessElement
  public void process(@Element Long element, OutputReceiver<Long> output) {
    output.output(element + 1);
  }

  static DoFnStep<Long, Long> step() {
    return new DoFnStep<>(
        new AddOne(),
        new SerializablePipelineOptions(PipelineOptionsFactory.create()),
        List.of(TAG),
        VarLongCoder.of(),
        Map.of(TAG, VarLongCoder.of()),
        WindowingStrategy.globalDefault(),
        List.of(),
        Map.of(),
        DoFnSchemaInformation.create(),
        false);
  }
}
