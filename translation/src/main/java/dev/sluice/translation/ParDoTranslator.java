package dev.sluice.translation;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Port;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.dofn.AwaitDurable;
import dev.sluice.translation.dofn.ConformRows;
import dev.sluice.translation.dofn.DoFnOperator;
import dev.sluice.translation.dofn.DoFnStep;
import dev.sluice.translation.dofn.InputKey;
import dev.sluice.translation.dofn.StatefulDoFnOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** {@code ParDo}: a fused operator; behind an exchange by key if it has state or timers. */
final class ParDoTranslator implements TransformTranslator {

  @Override
  public boolean translates(AppliedPTransform<?, ?, ?> transform) {
    return transform.getTransform() instanceof ParDo.MultiOutput;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    translate((ParDo.MultiOutput<Object, Object>) transform.getTransform(), transform, context);
  }

  private static <InputT, OutputT> void translate(
      ParDo.MultiOutput<InputT, OutputT> parDo,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    DoFnSignature signature = DoFnSignatures.getSignature(parDo.getFn().getClass());
    @SuppressWarnings("unchecked")
    PCollection<InputT> input = (PCollection<InputT>) TranslationContext.mainInput(transform);
    DoFnStep<InputT, OutputT> step = step(parDo, input, transform, context);
    String name = transform.getFullName();
    List<Port> inputs = context.ports(input);
    if (signature.processElement().requiresStableInput()) {
      inputs = pinned(input, name, context);
    }
    inputs =
        ViewTranslator.await(
            step.sideInputs(),
            inputs,
            TranslationContext.codec(input, name),
            input.getWindowingStrategy(),
            name,
            context);
    Operator<?> operator = new DoFnOperator<>(step);
    if (signature.usesState() || signature.usesTimers()) {
      inputs = keyed(input, inputs, name, context.plan());
      operator = new StatefulDoFnOperator<>(step, keyCodec(input, name));
    }
    add(name, operator, inputs, step, transform, context);
  }

  /** Adds the operator and makes its outputs the transform's. */
  static void add(
      String name,
      Operator<?> operator,
      List<Port> inputs,
      DoFnStep<?, ?> step,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    OperatorNode node =
        context.plan().operator(name, operator, inputs, context.views(step.sideInputs()));
    transform
        .getOutputs()
        .forEach(
            (tag, output) -> {
              context.setOutput(output, node, step.outputTags().indexOf(tag));
              if (ConformRows.appliesTo(output.getCoder())) {
                conform(output, name, context);
              }
            });
  }

  private static void conform(PCollection<?> output, String name, TranslationContext context) {
    OperatorNode rows =
        context
            .plan()
            .operator(
                name + "/Rows",
                new ConformRows(output.getCoder()),
                context.ports(output),
                List.of());
    context.setOutput(output, rows, 0);
  }

  private static <InputT, OutputT> DoFnStep<InputT, OutputT> step(
      ParDo.MultiOutput<InputT, OutputT> parDo,
      PCollection<InputT> input,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    DoFn<InputT, OutputT> fn = parDo.getFn();
    List<TupleTag<?>> tags = new ArrayList<>();
    tags.add(parDo.getMainOutputTag());
    tags.addAll(parDo.getAdditionalOutputTags().getAll());
    List<PCollectionView<?>> views = List.copyOf(parDo.getSideInputs().values());
    return new DoFnStep<>(
        fn,
        context.options(),
        tags,
        input.getCoder(),
        outputCoders(transform),
        input.getWindowingStrategy(),
        views,
        new HashMap<>(parDo.getSideInputs()),
        ParDo.getDoFnSchemaInformation(fn, input),
        context.isStreaming());
  }

  private static Map<TupleTag<?>, Coder<?>> outputCoders(AppliedPTransform<?, ?, ?> transform) {
    Map<TupleTag<?>, Coder<?>> coders = new HashMap<>();
    transform.getOutputs().forEach((tag, output) -> coders.put(tag, output.getCoder()));
    return coders;
  }

  /** What the DoFn reads stays as it is however often the DoFn is retried. */
  private static <T> List<Port> pinned(
      PCollection<T> input, String name, TranslationContext context) {
    Codec<WindowedValue<T>> codec = TranslationContext.codec(input, name);
    ExchangeNode stable =
        context
            .plan()
            .exchange(name + "/StableInput", new Exchange.Pinned<>(codec), context.ports(input));
    Port port = context.plan().port(stable, 0, codec);
    return List.of(
        context.isStreaming()
            ? context
                .plan()
                .operator(name + "/Durable", new AwaitDurable<>(codec), List.of(port), codec)
            : port);
  }

  @SuppressWarnings("unchecked")
  private static <K, V> List<Port> keyed(
      PCollection<?> input, List<Port> inputs, String name, PlanBuilder plan) {
    PCollection<KV<K, V>> pairs = (PCollection<KV<K, V>>) input;
    CoderKeyCodec<K> keyCodec = keyCodec(input, name);
    Exchange exchange =
        new Exchange.Grouped<>(
            new InputKey<K, V>(),
            keyCodec,
            TranslationContext.passing(pairs, name),
            Exchange.DEFAULT_PARTITIONS);
    // Groups never cross another exchange: nothing has to encode them.
    return List.of(plan.port(plan.exchange(name + "/ByKey", exchange, inputs), 0, null));
  }

  @SuppressWarnings("unchecked")
  private static <K> CoderKeyCodec<K> keyCodec(PCollection<?> input, String name) {
    return new CoderKeyCodec<>(((KvCoder<K, ?>) input.getCoder()).getKeyCoder(), name);
  }
}
