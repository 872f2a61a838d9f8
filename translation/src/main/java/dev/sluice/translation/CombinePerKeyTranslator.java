package dev.sluice.translation;

import dev.sluice.engine.plan.Port;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.group.Combining;
import dev.sluice.translation.group.Grouping;
import dev.sluice.translation.group.PreCombine;
import java.util.List;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * {@code Combine.perKey} as a whole: values are combined before the exchange where the trigger
 * cannot tell, and behind it elsewhere.
 *
 * <p>A combine function that asks for side inputs is left to its expansion, a GroupByKey and a
 * ParDo, and so is one whose accumulator has no coder.
 */
final class CombinePerKeyTranslator implements TransformTranslator {

  @Override
  public boolean translates(AppliedPTransform<?, ?, ?> transform) {
    Combine.PerKey<?, ?, ?> combine = (Combine.PerKey<?, ?, ?>) transform.getTransform();
    return combine.getSideInputs().isEmpty()
        && combine.getFn() instanceof CombineFn
        && accumulatorCoder(transform) != null;
  }

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    Combine.PerKey<?, ?, ?> combine = (Combine.PerKey<?, ?, ?>) transform.getTransform();
    translate((CombineFn<?, ?, ?>) combine.getFn(), transform, context);
  }

  @SuppressWarnings("unchecked")
  private static <K, InputT, AccumT, OutputT> void translate(
      CombineFn<InputT, AccumT, OutputT> fn,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    PCollection<KV<K, InputT>> input =
        (PCollection<KV<K, InputT>>) TranslationContext.mainInput(transform);
    KvCoder<K, InputT> coder = (KvCoder<K, InputT>) input.getCoder();
    WindowingStrategy<?, ?> windowing = input.getWindowingStrategy();
    String name = transform.getFullName();
    Combining<InputT, AccumT, OutputT> combining =
        new Combining<>(fn, (Coder<AccumT>) accumulatorCoder(transform));
    boolean streaming = context.isStreaming();
    Grouping.Context grouped = context.grouping(name);
    if (!PreCombine.appliesTo(windowing, streaming)) {
      Grouping grouping = Grouping.combining(combining, coder, windowing, grouped);
      List<Port> inputs = GroupByKeyTranslator.inputs(grouping, input, name, context);
      GroupByKeyTranslator.connect(grouping, inputs, transform, context);
      return;
    }
    Coder<K> keyCoder = coder.getKeyCoder();
    boolean counted = PreCombine.isCounted(windowing, streaming);
    Coder<?> sent =
        counted
            ? KvCoder.of(VarLongCoder.of(), combining.accumulatorCoder())
            : combining.accumulatorCoder();
    Port combined =
        context
            .plan()
            .operator(
                name,
                new PreCombine<>(combining, keyCoder, windowing, counted, name),
                GroupByKeyTranslator.exploded(input, name, context),
                CoderCodec.ofElements(KvCoder.of(keyCoder, sent), windowing, name));
    Grouping grouping = Grouping.merging(combining, keyCoder, windowing, grouped);
    GroupByKeyTranslator.connect(grouping, List.of(combined), transform, context);
  }

  @SuppressWarnings("unchecked")
  private static Coder<?> accumulatorCoder(AppliedPTransform<?, ?, ?> transform) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    CombineFn<Object, ?, ?> fn =
        (CombineFn<Object, ?, ?>) ((Combine.PerKey<?, ?, ?>) transform.getTransform()).getFn();
    KvCoder<?, Object> coder = (KvCoder<?, Object>) input.getCoder();
    try {
      return fn.getAccumulatorCoder(
          transform.getPipeline().getCoderRegistry(), coder.getValueCoder());
    } catch (CannotProvideCoderException e) {
      return null;
    }
  }
}
