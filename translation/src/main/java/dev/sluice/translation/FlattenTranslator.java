package dev.sluice.translation;

import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.values.PCollection;

/** {@code Flatten}: no operator at all, whoever reads it is connected to all inputs. */
final class FlattenTranslator implements TransformTranslator {

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> output = TranslationContext.onlyOutput(transform);
    List<Port> union = new ArrayList<>();
    transform.getInputs().values().forEach(input -> union.addAll(context.ports(input)));
    context.setPorts(output, union);
  }
}
