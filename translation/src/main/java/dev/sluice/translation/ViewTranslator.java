package dev.sluice.translation;

import dev.sluice.engine.plan.Exchange;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.View.CreatePCollectionView;
import org.apache.beam.sdk.values.PCollection;

/** {@code CreatePCollectionView}: a broadcast of the collection's windowed elements. */
final class ViewTranslator implements TransformTranslator {

  @Override
  @SuppressWarnings("deprecation") // getView is deprecated for users, and meant for runners
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    String name = transform.getFullName();
    Exchange broadcast = new Exchange.Broadcast<>(TranslationContext.codec(input, name));
    context.setView(
        ((CreatePCollectionView<?, ?>) transform.getTransform()).getView(),
        context.plan().exchange(name, broadcast, context.ports(input)));
    context.setPorts(TranslationContext.onlyOutput(transform), context.ports(input));
  }
}
