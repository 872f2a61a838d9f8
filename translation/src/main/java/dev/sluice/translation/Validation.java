package dev.sluice.translation;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.util.construction.PTransformTranslation;

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
    }
  }
}
