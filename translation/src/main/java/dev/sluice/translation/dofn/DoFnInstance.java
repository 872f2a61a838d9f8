package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.translation.metrics.MetricsScope;
import dev.sluice.translation.sideinput.SideInputs;
import java.util.List;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * A DoFn in use by one attempt: borrowed from the pool, with its runner and its bundle. For use by
 * the attempt's thread.
 *
 * <p>Bundles start with their first element. The instance goes back to the pool only if {@link
 * #finished} was called last; otherwise something has thrown, and it is torn down.
 */
final class DoFnInstance<InputT, OutputT> {
  private final DoFnPool<InputT, OutputT> pool;
  private final DoFn<InputT, OutputT> fn;
  private final DoFnRunner<InputT, OutputT> runner;
  private final SideInputReader sideInputs;
  private final OutputRouter outputs;
  private final MetricsScope metrics;
  private boolean inBundle;
  private boolean reusable;

  private DoFnInstance(
      DoFnPool<InputT, OutputT> pool,
      DoFn<InputT, OutputT> fn,
      DoFnStep<InputT, OutputT> step,
      StepContext stepContext,
      OperatorContext context)
      throws Exception {
    this.pool = pool;
    this.fn = fn;
    this.sideInputs = SideInputs.open(step.sideInputs(), context, step.streaming());
    this.outputs = new OutputRouter(step.outputTags(), context);
    this.metrics = metrics(context);
    this.runner =
        DoFnRunners.simpleRunner(
            step.options().get(),
            fn,
            sideInputs,
            outputs,
            step.mainTag(),
            List.copyOf(step.additionalTags()),
            stepContext,
            step.inputCoder(),
            step.outputCoders(),
            step.windowing(),
            step.schemas(),
            step.sideInputMapping());
  }

  static <InputT, OutputT> DoFnInstance<InputT, OutputT> open(
      DoFnStep<InputT, OutputT> step, StepContext stepContext, OperatorContext context)
      throws Exception {
    PipelineOptions options = step.options().get();
    MetricsScope metrics = metrics(context);
    MetricsContainer previous = metrics.enter();
    try {
      DoFnPool<InputT, OutputT> pool =
          context.shared("DoFns", () -> new DoFnPool<>(step.fn(), options));
      DoFn<InputT, OutputT> fn = pool.acquire();
      try {
        return new DoFnInstance<>(pool, fn, step, stepContext, context);
      } catch (Exception | Error e) {
        pool.discard(fn);
        throw e;
      }
    } finally {
      metrics.exit(previous);
    }
  }

  private static MetricsScope metrics(OperatorContext context) {
    return MetricsScope.of(context.scope(), context.name());
  }

  DoFn<InputT, OutputT> fn() {
    return fn;
  }

  DoFnRunner<InputT, OutputT> runner() {
    return runner;
  }

  SideInputReader sideInputs() {
    return sideInputs;
  }

  OutputRouter outputs() {
    return outputs;
  }

  MetricsScope metrics() {
    return metrics;
  }

  /** Starts a bundle unless one is open. */
  void ensureBundle() {
    if (!inBundle) {
      inBundle = true;
      reusable = false;
      runner.startBundle();
    }
  }

  /** Ends the bundle if one is open. */
  void finishBundle() {
    if (inBundle) {
      MetricsContainer previous = metrics.enter();
      try {
        runner.finishBundle();
      } finally {
        metrics.exit(previous);
      }
      outputs.flushCounts();
      inBundle = false;
    }
  }

  /** Says that the attempt has used the instance to its end, and nothing was thrown. */
  void finished() {
    reusable = !inBundle;
  }

  void close() {
    if (reusable) {
      pool.release(fn);
    } else {
      pool.discard(fn);
    }
  }
}
