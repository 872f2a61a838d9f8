package dev.sluice.translation;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableUtils;

/** Finds every DoFn of a pipeline that cannot be written as bytes. */
final class SerializableCheck extends Pipeline.PipelineVisitor.Defaults {
  private final List<String> problems = new ArrayList<>();
  private final List<DoFn<?, ?>> fns = new ArrayList<>();

  private SerializableCheck() {}

  /** Throws if there is one; returns all of the pipeline's DoFns. */
  static List<DoFn<?, ?>> check(Pipeline pipeline) {
    SerializableCheck check = new SerializableCheck();
    pipeline.traverseTopologically(check);
    if (!check.problems.isEmpty()) {
      throw new UnsupportedPipelineException(check.problems);
    }
    return check.fns;
  }

  @Override
  public void visitPrimitiveTransform(TransformHierarchy.Node node) {
    if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
      fns.add(parDo.getFn());
      checkSerializable(parDo, node.getFullName());
    }
  }

  private void checkSerializable(ParDo.MultiOutput<?, ?> parDo, String name) {
    try {
      SerializableUtils.serializeToByteArray(parDo.getFn());
    } catch (IllegalArgumentException e) {
      problems.add(
          String.format(
              "%s: its DoFn %s cannot be serialized (%s); make every field serializable or"
                  + " transient",
              name, parDo.getFn().getClass().getName(), rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable t) {
    Throwable root = t;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
