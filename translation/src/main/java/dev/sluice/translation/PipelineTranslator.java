package dev.sluice.translation;

import dev.sluice.engine.plan.Plan;
import dev.sluice.translation.dofn.InvokerWarmUp;
import dev.sluice.translation.source.ReadSettings;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PValue;

/** Builds the plan of a pipeline. For use by one thread. */
public final class PipelineTranslator extends Pipeline.PipelineVisitor.Defaults {
  private final TranslationContext context;

  private PipelineTranslator(TranslationContext context) {
    this.context = context;
  }

  /**
   * The plan of {@code pipeline}, whose splittable DoFns and reads are expanded in place.
   *
   * @throws UnsupportedPipelineException with everything in the pipeline that cannot be run
   */
  public static Plan translate(Pipeline pipeline) {
    return translate(pipeline, null);
  }

  /**
   * The plan of {@code pipeline} as a stream.
   *
   * @param blockIntervalMs for how long a reader fills a block
   * @param maxRate how many records a second a reader may take; 0 for no bound
   * @param maxBatchRecords how many records a batch takes from all readers of a source
   * @param maxAttempts how often a reader may fail without giving anything in between
   * @throws UnsupportedPipelineException with everything in the pipeline that cannot be run
   */
  public static Plan translateStream(
      Pipeline pipeline,
      long blockIntervalMs,
      long maxRate,
      long maxBatchRecords,
      int maxAttempts) {
    ReadSettings reads = new ReadSettings(blockIntervalMs, maxRate, maxBatchRecords, maxAttempts);
    return translate(pipeline, new StreamSettings(reads, Collections.maxLateness(pipeline)));
  }

  private static Plan translate(Pipeline pipeline, StreamSettings streaming) {
    // Beam's own expansion serializes DoFns, and would stop at the first that it cannot.
    InvokerWarmUp.start(SerializableCheck.check(pipeline));
    Expansion.expand(pipeline);
    Validation.validate(pipeline);
    TranslationContext context =
        new TranslationContext(new SerializablePipelineOptions(pipeline.getOptions()), streaming);
    pipeline.traverseTopologically(new PipelineTranslator(context));
    return context.plan().build();
  }

  /** Whether some collection of {@code pipeline} is unbounded: it has to be run as a stream. */
  public static boolean isUnbounded(Pipeline pipeline) {
    return Collections.anyUnbounded(pipeline);
  }

  @Override
  public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
    if (node.getTransform() == null) {
      return CompositeBehavior.ENTER_TRANSFORM;
    }
    AppliedPTransform<?, ?, ?> transform = node.toAppliedPTransform(getPipeline());
    TransformTranslator translator = Translators.of(transform);
    if (translator == null) {
      return CompositeBehavior.ENTER_TRANSFORM;
    }
    translator.translate(transform, context);
    return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    AppliedPTransform<?, ?, ?> transform = node.toAppliedPTransform(getPipeline());
    Translators.of(transform).translate(transform, context);
  }

  @Override
  public void visitValue(PValue value, TransformHierarchy.Node producer) {}
}
