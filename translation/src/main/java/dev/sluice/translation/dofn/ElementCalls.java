package dev.sluice.translation.dofn;

import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SystemDoFnInternal;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Calls a DoFn that has neither state nor timers with its elements. For use by one thread.
 *
 * <p>Beam's own runner does the same, and more for each element than the function of most: a
 * builder of outputs and two copies of it, and a look for the output's tag in a table. Its other
 * calls are left to it.
 */
final class ElementCalls<InputT, OutputT> {
  private final DoFn<InputT, OutputT> fn;
  private final DoFnStep<InputT, OutputT> step;
  private final DoFnInvoker<InputT, OutputT> invoker;
  private final boolean observesWindow;
  private final SideInputReader sideInputs;
  private final OutputRouter outputs;
  private final BundleFinalizer finalizer;
  private final PipelineOptions options;

  ElementCalls(
      DoFn<InputT, OutputT> fn,
      DoFnStep<InputT, OutputT> step,
      SideInputReader sideInputs,
      OutputRouter outputs,
      BundleFinalizer finalizer) {
    this.fn = fn;
    this.step = step;
    this.invoker = DoFnInvokers.invokerFor(fn);
    this.observesWindow =
        DoFnSignatures.getSignature(fn.getClass()).processElement().observesWindow()
            || !sideInputs.isEmpty();
    this.sideInputs = sideInputs;
    this.outputs = outputs;
    this.finalizer = finalizer;
    this.options = step.options().get();
  }

  /** Calls the function with {@code element}, once for each window if it can tell them apart. */
  void process(WindowedValue<InputT> element) {
    if (observesWindow && element.getWindows().size() != 1) {
      for (WindowedValue<InputT> exploded : element.explodeWindows()) {
        call(exploded);
      }
    } else {
      call(element);
    }
  }

  private void call(WindowedValue<InputT> element) {
    try {
      invoker.invokeProcessElement(new ElementContext<>(fn, this, element));
    } catch (Exception e) {
      throw UserCodeException.wrapIf(!isBeamsOwn(), e);
    }
  }

  private boolean isBeamsOwn() {
    return invoker.getClass().isAnnotationPresent(SystemDoFnInternal.class);
  }

  <T> T sideInput(PCollectionView<T> view, BoundedWindow window) {
    if (!sideInputs.contains(view)) {
      throw new IllegalArgumentException("calling sideInput() with unknown view");
    }
    return sideInputs.get(view, view.getWindowMappingFn().getSideInputWindow(window));
  }

  PCollectionView<?> view(String id) {
    return step.view(id);
  }

  OutputRouter outputs() {
    return outputs;
  }

  BundleFinalizer finalizer() {
    return finalizer;
  }

  PipelineOptions options() {
    return options;
  }

  TupleTag<OutputT> mainTag() {
    return step.mainTag();
  }

  DoFnSchemaInformation schemas() {
    return step.schemas();
  }

  /** The coder of what goes to {@code tag}, which must have a schema. */
  @SuppressWarnings("unchecked")
  <T> SchemaCoder<T> schema(TupleTag<T> tag) {
    if (step.outputCoders().get(tag) instanceof SchemaCoder<?> coder) {
      return (SchemaCoder<T>) coder;
    }
    throw new IllegalStateException(
        "no rows can be output to " + tag.getId() + ": its PCollection has no schema");
  }
}
