package dev.sluice.translation;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PValue;

/** What all collections of a pipeline say together. */
final class Collections extends Pipeline.PipelineVisitor.Defaults {
  private boolean unbounded;
  private long maxLatenessMs;

  private Collections() {}

  static boolean anyUnbounded(Pipeline pipeline) {
    return of(pipeline).unbounded;
  }

  /** The most that any of them allows elements to be late, in milliseconds. */
  static long maxLateness(Pipeline pipeline) {
    return of(pipeline).maxLatenessMs;
  }

  private static Collections of(Pipeline pipeline) {
    Collections seen = new Collections();
    pipeline.traverseTopologically(seen);
    return seen;
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    // Its events come one by one, whatever is said of its collection.
    unbounded |= node.getTransform() instanceof TestStream;
  }

  @Override
  public void visitValue(PValue value, TransformHierarchy.Node producer) {
    if (value instanceof PCollection<?> collection) {
      unbounded |= collection.isBounded() == IsBounded.UNBOUNDED;
      maxLatenessMs =
          Math.max(
              maxLatenessMs, collection.getWindowingStrategy().getAllowedLateness().getMillis());
    }
  }
}
