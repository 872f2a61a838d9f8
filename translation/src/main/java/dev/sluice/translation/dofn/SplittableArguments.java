package dev.sluice.translation.dofn;

import org.apache.beam.runners.core.SideInputReader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;

/** What the methods of a splittable DoFn beside its process method may ask for. */
final class SplittableArguments<InputT, OutputT>
    extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT> {
  private final DoFnStep<InputT, OutputT> step;
  private final SideInputReader sideInputs;
  private final WindowedValue<InputT> element;
  private final Object restriction;
  private final Object estimatorState;
  private final RestrictionTracker<?, ?> tracker;

  SplittableArguments(
      DoFnStep<InputT, OutputT> step,
      SideInputReader sideInputs,
      WindowedValue<InputT> element,
      Object restriction,
      Object estimatorState) {
    this(step, sideInputs, element, restriction, estimatorState, null);
  }

  private SplittableArguments(
      DoFnStep<InputT, OutputT> step,
      SideInputReader sideInputs,
      WindowedValue<InputT> element,
      Object restriction,
      Object estimatorState,
      RestrictionTracker<?, ?> tracker) {
    this.step = step;
    this.sideInputs = sideInputs;
    this.element = element;
    this.restriction = restriction;
    this.estimatorState = estimatorState;
    this.tracker = tracker;
  }

  /** The same for a method that asks for a tracker. */
  SplittableArguments<InputT, OutputT> withTracker(RestrictionTracker<?, ?> given) {
    return new SplittableArguments<>(step, sideInputs, element, restriction, estimatorState, given);
  }

  @Override
  public RestrictionTracker<?, ?> restrictionTracker() {
    if (tracker == null) {
      throw new UnsupportedOperationException("this method of a splittable DoFn has no tracker");
    }
    return tracker;
  }

  @Override
  public InputT element(DoFn<InputT, OutputT> doFn) {
    return element.getValue();
  }

  @Override
  public Object restriction() {
    return restriction;
  }

  @Override
  public Object watermarkEstimatorState() {
    return estimatorState;
  }

  @Override
  public Instant timestamp(DoFn<InputT, OutputT> doFn) {
    return element.getTimestamp();
  }

  @Override
  public PaneInfo paneInfo(DoFn<InputT, OutputT> doFn) {
    return element.getPaneInfo();
  }

  @Override
  public BoundedWindow window() {
    return element.getWindows().iterator().next();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return step.options().get();
  }

  @Override
  public Object sideInput(String tagId) {
    PCollectionView<?> view = step.view(tagId);
    return sideInputs.get(view, view.getWindowMappingFn().getSideInputWindow(window()));
  }

  @Override
  public String getErrorContext() {
    return step.fn().getClass().getName();
  }
}
