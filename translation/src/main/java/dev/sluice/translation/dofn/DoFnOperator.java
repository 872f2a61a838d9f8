package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.values.WindowedValue;

/** A DoFn without state: elements in, elements out, no copies between. */
public record DoFnOperator<InputT, OutputT>(DoFnStep<InputT, OutputT> step)
    implements Operator<WindowedValue<InputT>> {

  @Override
  public Processor<WindowedValue<InputT>> open(OperatorContext context) throws Exception {
    InMemoryBundleFinalizer finalizer = BundleFinalizations.of(context.scope()).registry();
    DoFnInstance<InputT, OutputT> instance =
        DoFnInstance.open(step, new StatelessContext(finalizer), context);
    return new DoFnProcessor<>(instance);
  }

  private static final class DoFnProcessor<InputT, OutputT>
      implements Processor<WindowedValue<InputT>> {
    private final DoFnInstance<InputT, OutputT> instance;
    private final DoFnRunner<InputT, OutputT> runner;
    private boolean bundleOpen;

    DoFnProcessor(DoFnInstance<InputT, OutputT> instance) {
      this.instance = instance;
      this.runner = instance.runner();
    }

    @Override
    public void process(WindowedValue<InputT> element) {
      MetricsContainer previous = instance.metrics().enter();
      try {
        if (!bundleOpen) {
          bundleOpen = true;
          instance.ensureBundle();
        }
        runner.processElement(element);
      } finally {
        instance.metrics().exit(previous);
      }
    }

    @Override
    public void finishBundle() {
      instance.finishBundle();
      bundleOpen = false;
    }

    @Override
    public void finish() {
      instance.finishBundle();
      instance.finished();
    }

    @Override
    public void close() {
      instance.close();
    }
  }

  /** State and timers are refused by Beam before a DoFn could ask for them. */
  private record StatelessContext(InMemoryBundleFinalizer finalizer) implements StepContext {
    @Override
    public StateInternals stateInternals() {
      throw new UnsupportedOperationException("a DoFn without state asks for state");
    }

    @Override
    public TimerInternals timerInternals() {
      throw new UnsupportedOperationException("a DoFn without timers asks for timers");
    }

    @Override
    public BundleFinalizer bundleFinalizer() {
      return finalizer;
    }
  }
}
