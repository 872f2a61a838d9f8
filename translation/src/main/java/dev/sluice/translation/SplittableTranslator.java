package dev.sluice.translation;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Port;
import dev.sluice.translation.dofn.DoFnStep;
import dev.sluice.translation.dofn.ResidualCodec;
import dev.sluice.translation.dofn.SplittableDoFnOperator;
import dev.sluice.translation.group.Routers;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.util.construction.SplittableParDo.ProcessKeyedElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * The processing of a splittable DoFn's restrictions, which are spread evenly over the workers
 * first.
 */
final class SplittableTranslator implements TransformTranslator {

  @Override
  @SuppressWarnings("unchecked")
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    translate(
        (ProcessKeyedElements<Object, Object, Object, Object>) transform.getTransform(),
        transform,
        context);
  }

  private static <InputT, OutputT, RestrictionT, StateT> void translate(
      ProcessKeyedElements<InputT, OutputT, RestrictionT, StateT> process,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    String name = transform.getFullName();
    ExchangeNode spread =
        context
            .plan()
            .exchange(
                name + "/Spread",
                Routers.evenly(TranslationContext.passing(input, name)),
                ViewTranslator.await(
                    process.getSideInputs(),
                    context.ports(input),
                    TranslationContext.codec(input, name),
                    input.getWindowingStrategy(),
                    name,
                    context));
    List<TupleTag<?>> tags = new ArrayList<>();
    tags.add(process.getMainOutputTag());
    tags.addAll(process.getAdditionalOutputTags().getAll());
    DoFnStep<InputT, OutputT> step =
        new DoFnStep<>(
            process.getFn(),
            context.options(),
            tags,
            process.getElementCoder(),
            process.getOutputTagsToCoders(),
            process.getInputWindowingStrategy(),
            process.getSideInputs(),
            process.getSideInputMapping(),
            DoFnSchemaInformation.create(),
            context.isStreaming());
    ResidualCodec<InputT, RestrictionT, StateT> residuals =
        ResidualCodec.of(
            WindowedValues.getFullCoder(
                process.getElementCoder(),
                process.getInputWindowingStrategy().getWindowFn().windowCoder()),
            process.getRestrictionCoder(),
            process.getWatermarkEstimatorStateCoder());
    Port port = context.plan().port(spread, 0, TranslationContext.passing(input, name));
    ParDoTranslator.add(
        name,
        new SplittableDoFnOperator<>(step, residuals),
        List.of(port),
        step,
        transform,
        context);
  }
}
