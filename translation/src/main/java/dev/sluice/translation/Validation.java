package dev.sluice.translation;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.values.WindowingStrategy;

/** Finds, before anything runs, all that would keep a pipeline from running. */
final class Validation extends Pipeline.PipelineVisitor.Defaults {
  private final List<String> problems = new ArrayList<>();

  private Validation() {}

  static void validate(Pipeline pipeline) {
    Validation validation = new Validation();
    pipeline.traverseTopologically(validation);
    if (!validation.problems.isEmpty()) {
      throw new UnsupportedPipelineException(validation.problems);
    }
  }

  @Override
  public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
    boolean whole =
        node.getTransform() != null
            && Translators.of(node.toAppliedPTransform(getPipeline())) != null;
    return whole ? CompositeBehavior.DO_NOT_ENTER_TRANSFORM : CompositeBehavior.ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    AppliedPTransform<?, ?, ?> transform = node.toAppliedPTransform(getPipeline());
    String name = transform.getFullName();
    if (Translators.of(transform) == null) {
      String urn = PTransformTranslation.urnForTransformOrNull(transform.getTransform());
      problems.add(
          String.format(
              "%s: no translation of %s (%s); Sluice runs Java transforms only",
              name, transform.getTransform().getClass().getName(), urn));
    } else if (transform.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
      checkWindows(parDo, transform);
    }
  }

  /** State is of a key and window: there is none yet for windows that are still to be merged. */
  private void checkWindows(ParDo.MultiOutput<?, ?> parDo, AppliedPTransform<?, ?, ?> transform) {
    DoFnSignature signature = DoFnSignatures.getSignature(parDo.getFn().getClass());
    WindowingStrategy<?, ?> windowing =
        TranslationContext.mainInput(transform).getWindowingStrategy();
    if ((signature.usesState() || signature.usesTimers()) && windowing.needsMerge()) {
      problems.add(
          String.format(
              "%s: a DoFn with state or timers cannot have windows that merge, and %s makes such:"
                  + " group by key first, which merges them, or use other windows",
              transform.getFullName(), windowing.getWindowFn().getClass().getSimpleName()));
    }
  }
}
