package dev.sluice.translation;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.PlanBuilder;
import dev.sluice.engine.plan.Port;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.group.Grouping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.runners.AppliedPTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;

/** The plan as far as it is built: which port holds which PCollection. For one thread. */
final class TranslationContext {
  /** Beam names the inner transform of a ParDo after its DoFn's class, which users may rename. */
  private static final Pattern DO_FN = Pattern.compile("ParMultiDo\\([^/]*\\)");

  private final PlanBuilder plan =
      new PlanBuilder(name -> DO_FN.matcher(name).replaceAll("ParMultiDo"));
  private final SerializablePipelineOptions options;
  private final Map<PValue, List<Port>> ports = new HashMap<>();
  private final Map<PCollectionView<?>, ExchangeNode> views = new HashMap<>();

  private final StreamSettings streaming;

  /** A context for a stream, or for a bounded plan if {@code streaming} is null. */
  TranslationContext(SerializablePipelineOptions options, StreamSettings streaming) {
    this.options = options;
    this.streaming = streaming;
  }

  /** Whether the plan is run batch by batch. */
  boolean isStreaming() {
    return streaming != null;
  }

  /** What is to be known of the stream. */
  StreamSettings streaming() {
    return streaming;
  }

  PlanBuilder plan() {
    return plan;
  }

  SerializablePipelineOptions options() {
    return options;
  }

  /** What the grouping of {@code transform} is made for. */
  Grouping.Context grouping(String transform) {
    return new Grouping.Context(isStreaming(), options, transform);
  }

  /** The only input that is no side input. */
  static PCollection<?> mainInput(AppliedPTransform<?, ?, ?> transform) {
    var inputs = transform.getMainInputs().values();
    if (inputs.size() != 1) {
      throw new IllegalStateException(
          transform.getFullName() + " has " + inputs.size() + " main inputs, expected one");
    }
    return inputs.iterator().next();
  }

  static PCollection<?> onlyOutput(AppliedPTransform<?, ?, ?> transform) {
    var outputs = transform.getOutputs().values();
    if (outputs.size() != 1) {
      throw new IllegalStateException(
          transform.getFullName() + " has " + outputs.size() + " outputs, expected one");
    }
    return outputs.iterator().next();
  }

  List<Port> ports(PCollection<?> collection) {
    List<Port> known = ports.get(collection);
    if (known == null) {
      throw new IllegalStateException(
          collection.getName() + " is read before the transform that makes it is translated");
    }
    return known;
  }

  void setPorts(PCollection<?> collection, List<Port> made) {
    ports.put(collection, List.copyOf(made));
  }

  /** Makes output {@code index} of {@code node} the place of {@code collection}. */
  void setOutput(PCollection<?> collection, OperatorNode node, int index) {
    setPorts(collection, List.of(plan.port(node, index, passing(collection, node.name()))));
  }

  ExchangeNode view(PCollectionView<?> view) {
    ExchangeNode known = views.get(view);
    if (known == null) {
      throw new IllegalStateException(
          "the view " + view.getName() + " is read before it is translated");
    }
    return known;
  }

  void setView(PCollectionView<?> view, ExchangeNode broadcast) {
    views.put(view, broadcast);
  }

  List<ExchangeNode> views(List<PCollectionView<?>> wanted) {
    List<ExchangeNode> nodes = new ArrayList<>();
    wanted.forEach(view -> nodes.add(view(view)));
    return nodes;
  }

  /**
   * A codec of the collection's windowed elements whose bytes are not kept beyond a job: for
   * exchanges and ports.
   */
  static <T> Codec<WindowedValue<T>> passing(PCollection<T> collection, String transform) {
    return CoderCodec.ofElements(
        collection.getCoder(), collection.getWindowingStrategy(), transform);
  }

  /** One whose bytes may be kept; errors name {@code transform}. */
  static <T> Codec<WindowedValue<T>> codec(PCollection<T> collection, String transform) {
    return codec(collection.getCoder(), collection.getWindowingStrategy(), transform);
  }

  static <T> Codec<WindowedValue<T>> codec(
      Coder<T> coder, WindowingStrategy<?, ?> windowing, String transform) {
    return new CoderCodec<>(
        WindowedValues.getFullCoder(coder, windowing.getWindowFn().windowCoder()), transform);
  }
}
