package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.OutputAndTimeBoundedSplittableProcessElementInvoker;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Duration;

/**
 * A splittable DoFn on a bounded input: each element and restriction is processed until nothing is
 * left of it, in as many calls as the DoFn asks for, with the delays that it asks for.
 *
 * <p>Input is what Beam's expansion of a splittable ParDo makes: a random key with the element, in
 * one window, and its restriction.
 */
public record SplittableDoFnOperator<InputT, OutputT, RestrictionT>(DoFnStep<InputT, OutputT> step)
    implements Operator<WindowedValue<KV<byte[], KV<InputT, RestrictionT>>>> {

  @Override
  public Processor<WindowedValue<KV<byte[], KV<InputT, RestrictionT>>>> open(
      OperatorContext context) throws Exception {
    return new SplittableProcessor<InputT, OutputT, RestrictionT, Object, Object>(step, context);
  }

  private static final class SplittableProcessor<InputT, OutputT, RestrictionT, PositionT, StateT>
      implements Processor<WindowedValue<KV<byte[], KV<InputT, RestrictionT>>>>, StepContext {
    /** Bounded work is not cut by the runner: only the DoFn itself asks to be resumed. */
    private static final Duration NO_TIME_LIMIT = Duration.standardDays(365);

    private final DoFnStep<InputT, OutputT> step;
    private final DoFnInstance<InputT, OutputT> instance;
    private final DoFnInvoker<InputT, OutputT> invoker;
    private final InMemoryBundleFinalizer finalizer;
    private final ScheduledExecutorService checkpoints;
    private final SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, PositionT, StateT>
        process;

    SplittableProcessor(DoFnStep<InputT, OutputT> step, OperatorContext context) throws Exception {
      this.step = step;
      this.finalizer = BundleFinalizations.of(context.scope()).registry();
      this.instance = DoFnInstance.open(step, this, context);
      this.invoker = DoFnInvokers.invokerFor(instance.fn());
      this.checkpoints =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, context.name() + " checkpoints");
                thread.setDaemon(true);
                return thread;
              });
      this.process =
          new OutputAndTimeBoundedSplittableProcessElementInvoker<>(
              instance.fn(),
              step.options().get(),
              instance.outputs(),
              step.mainTag(),
              instance.sideInputs(),
              checkpoints,
              Integer.MAX_VALUE,
              NO_TIME_LIMIT,
              () -> finalizer);
    }

    @Override
    public void process(WindowedValue<KV<byte[], KV<InputT, RestrictionT>>> input)
        throws InterruptedException {
      MetricsContainer previous = instance.metrics().enter();
      try {
        instance.ensureBundle();
        KV<InputT, RestrictionT> pair = input.getValue().getValue();
        processAll(input.withValue(pair.getKey()), pair.getValue());
      } finally {
        instance.metrics().exit(previous);
      }
    }

    private void processAll(WindowedValue<InputT> element, RestrictionT whole)
        throws InterruptedException {
      RestrictionT restriction = whole;
      StateT estimatorState = initialEstimatorState(element, whole);
      while (true) {
        SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, PositionT, StateT>.Result
            result = processOnce(element, restriction, estimatorState);
        if (result.getResidualRestriction() == null) {
          return;
        }
        restriction = result.getResidualRestriction();
        estimatorState = result.getFutureWatermarkEstimatorState();
        Thread.sleep(result.getContinuation().resumeDelay().getMillis());
      }
    }

    private SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, PositionT, StateT>.Result
        processOnce(WindowedValue<InputT> element, RestrictionT restriction, StateT state) {
      SplittableArguments<InputT, OutputT> arguments =
          new SplittableArguments<>(step, instance.sideInputs(), element, restriction, state);
      try {
        RestrictionTracker<RestrictionT, PositionT> tracker = invoker.invokeNewTracker(arguments);
        WatermarkEstimator<StateT> estimator = invoker.invokeNewWatermarkEstimator(arguments);
        return process.invokeProcessElement(
            invoker, element, tracker, estimator, step.sideInputMapping());
      } catch (RuntimeException e) {
        throw UserCodeException.wrap(e);
      }
    }

    @SuppressWarnings("unchecked")
    private StateT initialEstimatorState(WindowedValue<InputT> element, RestrictionT restriction) {
      return (StateT)
          invoker.invokeGetInitialWatermarkEstimatorState(
              new SplittableArguments<>(step, instance.sideInputs(), element, restriction, null));
    }

    @Override
    public void finishBundle() {
      instance.finishBundle();
    }

    @Override
    public void finish() {
      instance.finishBundle();
      instance.finished();
    }

    @Override
    public void close() {
      checkpoints.shutdownNow();
      instance.close();
    }

    @Override
    public StateInternals stateInternals() {
      throw new UnsupportedOperationException("a splittable DoFn has no state");
    }

    @Override
    public TimerInternals timerInternals() {
      throw new UnsupportedOperationException("a splittable DoFn has no timers");
    }

    @Override
    public BundleFinalizer bundleFinalizer() {
      return finalizer;
    }
  }
}
