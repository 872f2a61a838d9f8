package dev.sluice.translation;

import dev.sluice.engine.plan.Port;
import dev.sluice.translation.source.BoundedRead;
import java.util.List;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.util.construction.SplittableParDo.PrimitiveBoundedRead;
import org.apache.beam.sdk.values.PCollection;

/** A read from a bounded source. */
final class ReadTranslator implements TransformTranslator {

  @Override
  public boolean translates(AppliedPTransform<?, ?, ?> transform) {
    return transform.getTransform() instanceof PrimitiveBoundedRead;
  }

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PrimitiveBoundedRead<?> read = (PrimitiveBoundedRead<?>) transform.getTransform();
    translate(
        read.getSource(),
        TranslationContext.onlyOutput(transform),
        transform.getFullName(),
        context);
  }

  private static <T> void translate(
      BoundedSource<T> source, PCollection<?> output, String name, TranslationContext context) {
    @SuppressWarnings("unchecked")
    PCollection<T> typed = (PCollection<T>) output;
    Port port =
        context
            .plan()
            .source(
                name,
                new BoundedRead<>(source, context.options(), name),
                TranslationContext.codec(typed, name));
    context.setPorts(typed, List.of(port));
  }
}
