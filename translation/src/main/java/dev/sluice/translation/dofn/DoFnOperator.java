package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.values.WindowedValue;

/** A DoFn without state: elements in, elements out, no copies between. */
public record DoFnOperator<InputT, OutputT>(DoFnStep<InputT, OutputT> step)
    implements Operator<WindowedValue<InputT>> {

  @Override
  public Processor<WindowedValue<InputT>> open(OperatorContext context) throws Exception {
    InMemoryBundleFinalizer finalizer = BundleFinalizations.of(context.scope()).registry();
    DoFnInstance<InputT, OutputT> instance =
        DoFnInstance.open(step, new StatelessContext(finalizer), context);
    return new DoFnProcessor<>(
        instance,
        new ElementCalls<>(
            instance.fn(), step, instance.sideInputs(), instance.outputs(), finalizer));
  }

  private static final class DoFnProcessor<InputT, OutputT>
      extends InstanceProcessor<WindowedValue<InputT>> {
    private final DoFnInstance<InputT, OutputT> instance;
    private final ElementCalls<InputT, OutputT> calls;

    DoFnProcessor(DoFnInstance<InputT, OutputT> instance, ElementCalls<InputT, OutputT> calls) {
      this.instance = instance;
      this.calls = calls;
    }

    @Override
    DoFnInstance<?, ?> instance() {
      return instance;
    }

    @Override
    public void process(WindowedValue<InputT> element) {
      MetricsContainer previous = instance.metrics().enter();
      try {
        instance.ensureBundle();
        calls.process(element);
      } finally {
        instance.metrics().exit(previous);
      }
    }
  }
}
