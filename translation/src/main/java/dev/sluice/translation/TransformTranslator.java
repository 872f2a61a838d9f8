package dev.sluice.translation;

import org.apache.beam.sdk.runners.AppliedPTransform;

/** Adds what one kind of transform does to the plan. */
interface TransformTranslator {

  /** Whether it can; if not, a composite is translated by its parts. */
  default boolean translates(AppliedPTransform<?, ?, ?> transform) {
    return true;
  }

  void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context);
}
