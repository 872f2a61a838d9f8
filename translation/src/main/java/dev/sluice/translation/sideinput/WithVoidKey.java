package dev.sluice.translation.sideinput;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** Gives all elements one key, so that all of a window meet. */
public record WithVoidKey<T>() implements Operator<WindowedValue<T>> {
  @Override
  public Processor<WindowedValue<T>> open(OperatorContext context) {
    Output<WindowedValue<KV<Void, T>>> output = context.output(0);
    return element -> output.emit(element.withValue(KV.of(null, element.getValue())));
  }
}
