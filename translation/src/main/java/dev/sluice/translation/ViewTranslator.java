package dev.sluice.translation;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Port;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.group.Grouping;
import dev.sluice.translation.sideinput.AwaitViews;
import dev.sluice.translation.sideinput.ViewPanes;
import dev.sluice.translation.sideinput.WithVoidKey;
import java.util.List;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.transforms.View.CreatePCollectionView;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * {@code CreatePCollectionView}: a broadcast of the collection's windowed elements; of a stream a
 * broadcast of panes.
 */
final class ViewTranslator implements TransformTranslator {

  @Override
  public void translate(AppliedPTransform<?, ?, ?> transform, TranslationContext context) {
    PCollection<?> input = TranslationContext.mainInput(transform);
    PCollectionView<?> view = view(transform);
    String name = transform.getFullName();
    ExchangeNode broadcast =
        context.isStreaming()
            ? panes(view, input, name, context)
            : context
                .plan()
                .exchange(
                    name,
                    new Exchange.Broadcast<>(TranslationContext.codec(input, name)),
                    context.ports(input));
    context.setView(view, broadcast);
    context.setPorts(TranslationContext.onlyOutput(transform), context.ports(input));
  }

  @SuppressWarnings("deprecation") // getView is deprecated for users, and meant for runners
  private static PCollectionView<?> view(AppliedPTransform<?, ?, ?> transform) {
    return ((CreatePCollectionView<?, ?>) transform.getTransform()).getView();
  }

  /** Panes of all elements of a window, by the collection's own trigger: each replaces the last. */
  private static <T> ExchangeNode panes(
      PCollectionView<?> view, PCollection<T> input, String name, TranslationContext context) {
    KvCoder<Void, T> pairs = KvCoder.of(VoidCoder.of(), input.getCoder());
    WindowingStrategy<?, ?> windowing = input.getWindowingStrategy();
    Grouping grouping = Grouping.byKey(pairs, windowing, context.grouping(name));
    PlanBuilder plan = context.plan();
    Port keyed =
        plan.operator(
            name + "/WithVoidKey",
            new WithVoidKey<T>(),
            GroupByKeyTranslator.inputs(grouping, input, name, context),
            CoderCodec.ofElements(pairs, windowing, name));
    ExchangeNode exchange = plan.exchange(name + "/ByWindow", grouping.exchange(), List.of(keyed));
    KvCoder<Void, Iterable<T>> pane =
        KvCoder.of(VoidCoder.of(), IterableCoder.of(input.getCoder()));
    var codec = TranslationContext.codec(pane, windowing, name);
    // Groups never cross another exchange: nothing has to encode them.
    Port panes =
        plan.operator(
            name + "/Panes", grouping.emit(), List.of(plan.port(exchange, 0, null)), codec);
    long slackMs =
        context.streaming().maxLatenessMs()
            + view.getWindowMappingFn().maximumLookback().getMillis();
    return plan.exchange(
        name, new Exchange.Broadcast<>(codec, new ViewPanes<>(slackMs)), List.of(panes));
  }

  /** The collection, each element held back until the views are ready that it may ask for. */
  static <T> List<Port> await(
      List<PCollectionView<?>> views,
      List<Port> inputs,
      Codec<WindowedValue<T>> codec,
      WindowingStrategy<?, ?> windowing,
      String name,
      TranslationContext context) {
    if (views.isEmpty() || !context.isStreaming()) {
      return inputs;
    }
    PlanBuilder plan = context.plan();
    OperatorNode waiting =
        plan.operator(
            name + "/AwaitViews",
            new AwaitViews<>(List.copyOf(views), codec, windowing),
            inputs,
            context.views(views));
    return List.of(plan.port(waiting, 0, codec));
  }
}
