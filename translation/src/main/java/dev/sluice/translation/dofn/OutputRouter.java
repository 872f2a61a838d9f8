package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.ElementCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** Sends what a DoFn outputs to the operator's outputs, by tag, and counts it. */
final class OutputRouter implements WindowedValueMultiReceiver {
  private final TupleTag<?> mainTag;
  private final CountedOutput main;
  private final Map<TupleTag<?>, CountedOutput> additional = new HashMap<>();

  private record CountedOutput(Output<WindowedValue<?>> output, ElementCounter counter) {
    void emit(WindowedValue<?> element) {
      counter.increment();
      output.emit(element);
    }
  }

  OutputRouter(List<TupleTag<?>> tags, OperatorContext context) {
    MetricsContainerImpl metrics = AttemptMetrics.of(context.scope()).container(context.name());
    this.mainTag = tags.get(0);
    this.main = counted(0, mainTag, metrics, context);
    for (int i = 1; i < tags.size(); i++) {
      additional.put(tags.get(i), counted(i, tags.get(i), metrics, context));
    }
  }

  private static CountedOutput counted(
      int index, TupleTag<?> tag, MetricsContainerImpl metrics, OperatorContext context) {
    String collection = context.name() + "." + tag.getId();
    return new CountedOutput(context.output(index), new ElementCounter(metrics, collection));
  }

  /** Sends what goes to the main output. */
  void output(WindowedValue<?> value) {
    main.emit(value);
  }

  @Override
  public <T> void output(TupleTag<T> tag, WindowedValue<T> value) {
    if (mainTag.equals(tag)) {
      main.emit(value);
      return;
    }
    CountedOutput output = additional.get(tag);
    if (output == null) {
      throw new IllegalArgumentException(
          "Unknown output tag " + tag.getId() + ": the transform does not declare it");
    }
    output.emit(value);
  }

  /** Adds what was counted to the metrics. */
  void flushCounts() {
    main.counter().flush();
    additional.values().forEach(output -> output.counter().flush());
  }
}
