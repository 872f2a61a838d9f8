package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.util.WindowedValueMultiReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** Sends what a DoFn outputs to the operator's outputs, by tag. */
final class OutputRouter implements WindowedValueMultiReceiver {
  private final TupleTag<?> mainTag;
  private final Output<WindowedValue<?>> main;
  private final Map<TupleTag<?>, Output<WindowedValue<?>>> additional = new HashMap<>();

  OutputRouter(List<TupleTag<?>> tags, OperatorContext context) {
    this.mainTag = tags.get(0);
    this.main = context.output(0);
    for (int i = 1; i < tags.size(); i++) {
      additional.put(tags.get(i), context.output(i));
    }
  }

  @Override
  public <T> void output(TupleTag<T> tag, WindowedValue<T> value) {
    if (mainTag.equals(tag)) {
      main.emit(value);
      return;
    }
    Output<WindowedValue<?>> output = additional.get(tag);
    if (output == null) {
      throw new IllegalArgumentException(
          "output to the tag " + tag.getId() + ", which the transform does not declare");
    }
    output.emit(value);
  }
}
