package dev.sluice.translation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

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
    if (becomesUnbounded(transform)) {
      problems.add(
          name
              + ": unbounded input is not supported yet; bound it, for example with"
              + " withMaxNumRecords or withMaxReadTime");
    } else if (Translators.of(transform) == null) {
      String urn = PTransformTranslation.urnForTransformOrNull(transform.getTransform());
      problems.add(
          String.format(
              "%s: no translation of %s (%s); Sluice runs Java transforms only",
              name, transform.getTransform().getClass().getName(), urn));
    }
  }

  /** Whether unbounded data starts here: what comes behind is unbounded for the same reason. */
  private static boolean becomesUnbounded(AppliedPTransform<?, ?, ?> transform) {
    return anyUnbounded(transform.getOutputs().values())
        && !anyUnbounded(transform.getInputs().values());
  }

  private static boolean anyUnbounded(Collection<PCollection<?>> collections) {
    return collections.stream().map(PCollection::isBounded).anyMatch(IsBounded.UNBOUNDED::equals);
  }
}
