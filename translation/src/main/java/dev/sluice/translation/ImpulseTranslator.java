package dev.sluice.translation;

import dev.sluice.translation.source.ImpulseSource;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.values.PCollection;

/** {@code Impulse}: a source of one record. */
final class ImpulseTranslator implements TransformTranslator {

  @Override
  @SuppressWarnings("unchecked")
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<byte[]> output = (PCollection<byte[]>) TranslationContext.onlyOutput(transform);
    String name = transform.getFullName();
    context.setPorts(
        output,
        List.of(
            context
                .plan()
                .source(name, new ImpulseSource(), TranslationContext.codec(output, name))));
  }
}
