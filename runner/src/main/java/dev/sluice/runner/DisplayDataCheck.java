package dev.sluice.runner;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.display.DisplayData;

/** Asks every transform for its display data, so that a broken one is found before the run. */
final class DisplayDataCheck extends PipelineVisitor.Defaults {
  private DisplayDataCheck() {}

  static void check(Pipeline pipeline) {
    DisplayData.from(pipeline.getOptions());
    pipeline.traverseTopologically(new DisplayDataCheck());
  }

  @Override
  public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
    if (!node.isRootNode()) {
      DisplayData.from(node.getTransform());
    }
    return CompositeBehavior.ENTER_TRANSFORM;
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    DisplayData.from(node.getTransform());
  }
}
