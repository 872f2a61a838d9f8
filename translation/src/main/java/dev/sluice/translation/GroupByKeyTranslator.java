package dev.sluice.translation;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Port;
import dev.sluice.translation.group.ExplodeWindows;
import dev.sluice.translation.group.Grouping;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowingStrategy;

/** {@code GroupByKey}. */
final class GroupByKeyTranslator implements TransformTranslator {

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    String name = transform.getFullName();
    KvCoder<?, ?> coder = (KvCoder<?, ?>) input.getCoder();
    WindowingStrategy<?, ?> windowing = input.getWindowingStrategy();
    Grouping grouping = Grouping.byKey(coder, windowing, context.grouping(name));
    connect(grouping, inputs(grouping, input, name, context), transform, context);
  }

  /** The input as {@code grouping} takes it. */
  static List<Port> inputs(
      Grouping grouping, PCollection<?> input, String name, TranslationContext context) {
    return grouping.oneWindow() ? exploded(input, name, context) : context.ports(input);
  }

  /** The input with each element in one window. */
  static List<Port> exploded(PCollection<?> input, String name, TranslationContext context) {
    if (!input.getWindowingStrategy().getWindowFn().assignsToOneWindow()) {
      return List.of(
          context
              .plan()
              .operator(
                  name + "/ExplodeWindows",
                  new ExplodeWindows<>(),
                  context.ports(input),
                  TranslationContext.passing(input, name)));
    }
    return context.ports(input);
  }

  static void connect(
      Grouping grouping,
      List<Port> inputs,
      AppliedPTransform<?, ?, ?> transform,
      TranslationContext context) {
    String name = transform.getFullName();
    PlanBuilder plan = context.plan();
    ExchangeNode exchange = plan.exchange(name, grouping.exchange(), inputs);
    // Groups never cross another exchange: nothing has to encode them.
    Port groups = plan.port(exchange, 0, null);
    OperatorNode emit = plan.operator(name, grouping.emit(), List.of(groups), List.of());
    context.setOutput(TranslationContext.onlyOutput(transform), emit, 0);
  }
}
