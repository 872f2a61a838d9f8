package dev.sluice.translation;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.translation.group.Routers;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@code Reshuffle} and {@code Redistribute}: elements change the task and nothing else; their
 * timestamps, windows and panes stay.
 *
 * @param byKey whether elements of one key stay together, in their order
 */
record ReshuffleTranslator(boolean byKey) implements TransformTranslator {

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    String name = transform.getFullName();
    ExchangeNode exchange =
        context.plan().exchange(name, exchange(input, name), context.ports(input));
    PCollection<?> output = TranslationContext.onlyOutput(transform);
    context.setPorts(
        output,
        List.of(context.plan().port(exchange, 0, TranslationContext.passing(output, name))));
  }

  private <T> Exchange exchange(PCollection<T> input, String name) {
    var codec = TranslationContext.passing(input, name);
    if (byKey && input.getCoder() instanceof KvCoder<?, ?> coder) {
      return Routers.byKey(coder.getKeyCoder(), name, codec);
    }
    return Routers.evenly(codec);
  }
}
