package dev.sluice.translation;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.PTransformOverride;
import org.apache.beam.sdk.util.construction.PTransformMatchers;
import org.apache.beam.sdk.util.construction.PTransformTranslation;
import org.apache.beam.sdk.util.construction.SplittableParDo;
import org.apache.beam.sdk.util.construction.UnconsumedReads;

/** Replaces, in the pipeline itself, what Beam offers in several forms by the form we run. */
final class Expansion {
  private Expansion() {}

  static void expand(Pipeline pipeline) {
    SplittableParDo.convertReadBasedSplittableDoFnsToPrimitiveReadsIfNecessary(pipeline);
    UnconsumedReads.ensureAllReadsConsumed(pipeline);
    pipeline.replaceAll(
        List.of(
            PTransformOverride.of(
                PTransformMatchers.urnEqualTo(
                    PTransformTranslation.GROUP_INTO_BATCHES_WITH_SHARDED_KEY_URN),
                new ShardedBatches<>()),
            PTransformOverride.of(
                PTransformMatchers.splittableParDo(), new SplittableParDo.OverrideFactory<>())));
  }
}
