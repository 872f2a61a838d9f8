package dev.sluice.translation;

import java.util.Map;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.util.construction.PTransformTranslation;

/** Which translator is for which transform; Beam marks some of its URNs deprecated for users. */
@SuppressWarnings("deprecation")
final class Translators {
  private static final Map<String, TransformTranslator> TRANSLATORS =
      Map.ofEntries(
          Map.entry(PTransformTranslation.IMPULSE_TRANSFORM_URN, new ImpulseTranslator()),
          Map.entry(PTransformTranslation.READ_TRANSFORM_URN, new ReadTranslator()),
          Map.entry(PTransformTranslation.PAR_DO_TRANSFORM_URN, new ParDoTranslator()),
          Map.entry(PTransformTranslation.FLATTEN_TRANSFORM_URN, new FlattenTranslator()),
          Map.entry(PTransformTranslation.ASSIGN_WINDOWS_TRANSFORM_URN, new WindowTranslator()),
          Map.entry(PTransformTranslation.GROUP_BY_KEY_TRANSFORM_URN, new GroupByKeyTranslator()),
          Map.entry(
              PTransformTranslation.COMBINE_PER_KEY_TRANSFORM_URN, new CombinePerKeyTranslator()),
          Map.entry(PTransformTranslation.CREATE_VIEW_TRANSFORM_URN, new ViewTranslator()),
          Map.entry(PTransformTranslation.RESHUFFLE_URN, new ReshuffleTranslator(true)),
          Map.entry(PTransformTranslation.REDISTRIBUTE_BY_KEY_URN, new ReshuffleTranslator(true)),
          Map.entry(
              PTransformTranslation.REDISTRIBUTE_ARBITRARILY_URN, new ReshuffleTranslator(false)),
          Map.entry(PTransformTranslation.TEST_STREAM_TRANSFORM_URN, new TestStreamTranslator()),
          Map.entry(
              PTransformTranslation.SPLITTABLE_PROCESS_KEYED_URN, new SplittableTranslator()));

  private Translators() {}

  /** The translator for a transform, or null if none applies. */
  static TransformTranslator of(AppliedPTransform<?, ?, ?> transform) {
    String urn = PTransformTranslation.urnForTransformOrNull(transform.getTransform());
    TransformTranslator translator = urn == null ? null : TRANSLATORS.get(urn);
    return translator != null && translator.translates(transform) ? translator : null;
  }
}
