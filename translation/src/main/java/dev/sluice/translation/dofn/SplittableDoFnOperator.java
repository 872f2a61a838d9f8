package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.NumberedFormat;
import dev.sluice.engine.state.StateFormat;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.OutputAndTimeBoundedSplittableProcessElementInvoker;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker.TruncateResult;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Duration;

/**
 * A splittable DoFn: each element and restriction is processed until nothing is left of it, in as
 * many calls as the DoFn asks for. What it leaves is processed after the delay that it asks for and
 * when what it has output so far is committed: of a bounded input by a later task, of a stream in a
 * later batch. A stream's calls are cut short, and what is left holds the watermark where the
 * DoFn's estimator says.
 *
 * <p>Input is what Beam's expansion of a splittable ParDo makes: a random key with the element, in
 * one window, and its restriction.
 */
public record SplittableDoFnOperator<InputT, OutputT, RestrictionT>(
    DoFnStep<InputT, OutputT> step, ResidualCodec<InputT, RestrictionT, ?> residuals)
    implements Operator<Object>, Stateful {

  @Override
  public Processor<Object> open(OperatorContext context) throws Exception {
    return new SplittableProcessor<InputT, OutputT, RestrictionT, Object, Object>(step, context);
  }

  /** The thread that Beam's invoker would take checkpoints on; it is never asked for one here. */
  private static final class Checkpoints implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "sluice-checkpoints");
              thread.setDaemon(true);
              return thread;
            });

    Checkpoints() {
      // Beam schedules a task for each element, and cancels it: it would be kept until its time.
      executor.setRemoveOnCancelPolicy(true);
    }

    ScheduledExecutorService executor() {
      return executor;
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }

  @Override
  public StateFormat stateFormat() {
    return new NumberedFormat<>(Residuals.RESIDUAL, residuals, residuals.fingerprint());
  }

  private static final class SplittableProcessor<InputT, OutputT, RestrictionT, PositionT, StateT>
      extends InstanceProcessor<Object> {
    /** Bounded work is not cut by the runner: only the DoFn itself asks to be resumed. */
    private static final Duration NO_TIME_LIMIT = Duration.standardDays(365);

    /** A batch of a stream should not wait for one element. */
    private static final Duration STREAM_TIME_LIMIT = Duration.millis(250);

    private static final int STREAM_OUTPUT_LIMIT = 10_000;

    private final DoFnStep<InputT, OutputT> step;
    private final OperatorContext context;
    private final Residuals residuals;
    private final DoFnInstance<InputT, OutputT> instance;
    private final DoFnInvoker<InputT, OutputT> invoker;
    private final InMemoryBundleFinalizer finalizer;
    private final ScheduledExecutorService checkpoints;
    private final SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, PositionT, StateT>
        process;

    SplittableProcessor(DoFnStep<InputT, OutputT> step, OperatorContext context) throws Exception {
      this.step = step;
      this.context = context;
      this.residuals = step.streaming() ? new Residuals(context) : null;
      this.finalizer = BundleFinalizations.of(context.scope()).registry();
      this.instance = DoFnInstance.open(step, new StatelessContext(finalizer), context);
      this.invoker = DoFnInvokers.invokerFor(instance.fn());
      this.checkpoints = context.shared("checkpoints", Checkpoints::new).executor();
      this.process =
          new OutputAndTimeBoundedSplittableProcessElementInvoker<>(
              instance.fn(),
              step.options().get(),
              instance.outputs(),
              step.mainTag(),
              instance.sideInputs(),
              checkpoints,
              step.streaming() ? STREAM_OUTPUT_LIMIT : Integer.MAX_VALUE,
              step.streaming() ? STREAM_TIME_LIMIT : NO_TIME_LIMIT,
              () -> finalizer);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Object input) {
      MetricsContainer previous = instance.metrics().enter();
      try {
        instance.ensureBundle();
        if (input instanceof Residual<?, ?, ?>) {
          process((Residual<InputT, RestrictionT, StateT>) input);
        } else {
          process(whole((WindowedValue<KV<byte[], KV<InputT, RestrictionT>>>) input));
        }
      } finally {
        instance.metrics().exit(previous);
      }
    }

    private Residual<InputT, RestrictionT, StateT> whole(
        WindowedValue<KV<byte[], KV<InputT, RestrictionT>>> input) {
      KV<InputT, RestrictionT> pair = input.getValue().getValue();
      WindowedValue<InputT> element = input.withValue(pair.getKey());
      StateT estimator = initialEstimatorState(element, pair.getValue());
      return new Residual<>(element, pair.getValue(), estimator, false);
    }

    private void process(Residual<InputT, RestrictionT, StateT> work) {
      SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, PositionT, StateT>.Result
          result = processOnce(work.element(), work.restriction(), work.estimatorState());
      if (result.getResidualRestriction() == null) {
        return;
      }
      Object residual =
          new Residual<>(
              work.element(),
              result.getResidualRestriction(),
              result.getFutureWatermarkEstimatorState(),
              work.truncated());
      long delayMs = result.getContinuation().resumeDelay().getMillis();
      if (residuals == null) {
        context.defer(residual, delayMs);
      } else {
        residuals.keep(residual, delayMs, result.getFutureOutputWatermark());
      }
    }

    @Override
    public void advance(Progress now) {
      if (residuals != null) {
        for (Object residual : residuals.takeDue(now)) {
          Object rest = now.drained() ? truncated(residual) : residual;
          if (rest != null) {
            process(rest);
          }
        }
      }
    }

    /**
     * What the DoFn wants to finish of a residual although the stream is to end; null for nothing.
     */
    @SuppressWarnings("unchecked")
    private Object truncated(Object residual) {
      Residual<InputT, RestrictionT, StateT> work =
          (Residual<InputT, RestrictionT, StateT>) residual;
      if (work.truncated()) {
        return work;
      }
      SplittableArguments<InputT, OutputT> arguments =
          new SplittableArguments<>(
              step,
              instance.sideInputs(),
              work.element(),
              work.restriction(),
              work.estimatorState());
      MetricsContainer previous = instance.metrics().enter();
      try {
        TruncateResult<RestrictionT> result =
            invoker.invokeTruncateRestriction(
                arguments.withTracker(invoker.invokeNewTracker(arguments)));
        return result == null
            ? null
            : new Residual<>(
                work.element(), result.getTruncatedRestriction(), work.estimatorState(), true);
      } catch (RuntimeException e) {
        throw UserCodeException.wrap(e);
      } finally {
        instance.metrics().exit(previous);
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
    DoFnInstance<?, ?> instance() {
      return instance;
    }
  }
}
