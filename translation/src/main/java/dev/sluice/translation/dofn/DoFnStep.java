package dev.sluice.translation.dofn;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A DoFn with all that it needs to be run.
 *
 * @param outputTags the main output's tag, then the additional ones: the order of the operator's
 *     outputs
 * @param windowing of the main input
 * @param sideInputs in the order of the operator's broadcasts
 * @param streaming whether the input is a stream, whose state is kept from batch to batch
 */
public record DoFnStep<InputT, OutputT>(
    DoFn<InputT, OutputT> fn,
    SerializablePipelineOptions options,
    List<TupleTag<?>> outputTags,
    Coder<InputT> inputCoder,
    Map<TupleTag<?>, Coder<?>> outputCoders,
    WindowingStrategy<?, ?> windowing,
    List<PCollectionView<?>> sideInputs,
    Map<String, PCollectionView<?>> sideInputMapping,
    DoFnSchemaInformation schemas,
    boolean streaming)
    implements Serializable {

  @SuppressWarnings("unchecked")
  TupleTag<OutputT> mainTag() {
    return (TupleTag<OutputT>) outputTags.get(0);
  }

  /** The side input that a parameter of the DoFn names. */
  PCollectionView<?> view(String id) {
    PCollectionView<?> view = sideInputMapping.get(id);
    if (view == null) {
      throw new IllegalArgumentException("unknown side input " + id);
    }
    return view;
  }

  List<TupleTag<?>> additionalTags() {
    return outputTags.subList(1, outputTags.size());
  }
}
