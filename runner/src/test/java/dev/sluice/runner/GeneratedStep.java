package dev.sluice.runner;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** A step of a {@link GeneratedPipeline}: as transforms, and as the same computation on lists. */
sealed interface GeneratedStep extends Serializable
    permits GeneratedEach,
        GeneratedWindows,
        GeneratedGrouping,
        GeneratedState,
        GeneratedLookUp,
        GeneratedBranches {

  /** Whether the results of this step are defined on such a collection. */
  boolean fits(GeneratedShape shape);

  /** What is known of the results. */
  GeneratedShape after(GeneratedShape shape);

  PCollection<KV<String, Long>> apply(String name, PCollection<KV<String, Long>> input);

  List<GeneratedElement> compute(List<GeneratedElement> input, GeneratedShape shape);

  /** Whether they fit one after the other. */
  static boolean fit(List<GeneratedStep> steps, GeneratedShape shape) {
    GeneratedShape now = shape;
    for (GeneratedStep step : steps) {
      if (!step.fits(now)) {
        return false;
      }
      now = step.after(now);
    }
    return true;
  }

  static GeneratedShape after(List<GeneratedStep> steps, GeneratedShape shape) {
    GeneratedShape now = shape;
    for (GeneratedStep step : steps) {
      now = step.after(now);
    }
    return now;
  }

  static PCollection<KV<String, Long>> apply(
      List<GeneratedStep> steps, String name, PCollection<KV<String, Long>> input) {
    PCollection<KV<String, Long>> now = input;
    for (int i = 0; i < steps.size(); i++) {
      now = steps.get(i).apply(name + i, now);
    }
    return now;
  }

  static List<GeneratedElement> compute(
      List<GeneratedStep> steps, List<GeneratedElement> input, GeneratedShape shape) {
    List<GeneratedElement> now = input;
    GeneratedShape known = shape;
    for (GeneratedStep step : steps) {
      now = step.compute(now, known);
      known = step.after(known);
    }
    return now;
  }
}
