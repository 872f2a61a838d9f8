package dev.sluice.translation.group;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.sdk.values.WindowedValue;

/** Splits elements that are in several windows into one for each. */
public record ExplodeWindows<T>() implements Operator<WindowedValue<T>> {

  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) {
    Output<WindowedValue<T>> output = context.output(0);
    return element -> {
      if (element.getWindows().size() == 1) {
        output.emit(element);
      } else {
        element.explodeWindows().forEach(output::emit);
      }
    };
  }
}
