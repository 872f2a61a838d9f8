package dev.sluice.translation.source;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.metrics.AttemptMetrics;
import dev.sluice.translation.metrics.ElementCounter;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;

/** Passes the elements of a read's blocks on, and counts what its readers have counted. */
public record ReadOutput() implements Operator<Object> {
  @Override
  public Processor<Object> open(OperatorContext context) {
    MetricsContainerImpl metrics = AttemptMetrics.of(context.scope()).container(context.name());
    ElementCounter counter = new ElementCounter(metrics, context.name() + ".output");
    Output<Object> output = context.output(0);
    return new Processor<>() {
      @Override
      public void process(Object record) {
        if (record instanceof BlockMetrics counted) {
          metrics.update(counted.container());
        } else {
          counter.increment();
          output.emit(record);
        }
      }

      @Override
      public void finish() {
        counter.flush();
      }
    };
  }
}
