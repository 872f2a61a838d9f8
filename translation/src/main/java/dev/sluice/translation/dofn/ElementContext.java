package dev.sluice.translation.dofn;

import java.util.Collection;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.DoFnOutputReceivers;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker.ArgumentProvider;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.OutputBuilderSuppliers;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * One element as a DoFn without state sees it: its context, its arguments, and where its outputs
 * go. Each element has one of its own, for what a function outputs may still refer to it.
 */
final class ElementContext<InputT, OutputT> extends DoFn<InputT, OutputT>.ProcessContext
    implements ArgumentProvider<InputT, OutputT>, OutputReceiver<OutputT>, MultiOutputReceiver {
  private final DoFn<InputT, OutputT> fn;
  private final ElementCalls<InputT, OutputT> calls;
  private final WindowedValue<InputT> element;

  ElementContext(
      DoFn<InputT, OutputT> fn,
      ElementCalls<InputT, OutputT> calls,
      WindowedValue<InputT> element) {
    fn.super();
    this.fn = fn;
    this.calls = calls;
    this.element = element;
  }

  // What comes in.

  @Override
  public InputT element() {
    return element.getValue();
  }

  @Override
  public InputT element(DoFn<InputT, OutputT> doFn) {
    return element.getValue();
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object schemaElement(int index) {
    return ((SerializableFunction<InputT, Object>)
            calls.schemas().getElementConverters().get(index))
        .apply(element());
  }

  @Override
  public Instant timestamp() {
    return element.getTimestamp();
  }

  @Override
  public Instant timestamp(DoFn<InputT, OutputT> doFn) {
    return element.getTimestamp();
  }

  @Override
  public PaneInfo pane() {
    return element.getPaneInfo();
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
  public String currentRecordId() {
    return element.getRecordId();
  }

  @Override
  public Long currentRecordOffset() {
    return element.getRecordOffset();
  }

  @Override
  public <T> T sideInput(PCollectionView<T> view) {
    if (view == null) {
      throw new NullPointerException("the view passed to sideInput is null");
    }
    return calls.sideInput(view, window());
  }

  @Override
  public Object sideInput(String id) {
    return sideInput(calls.view(id));
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return calls.options();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return calls.options();
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return calls.finalizer();
  }

  @Override
  public DoFn<InputT, OutputT>.ProcessContext processContext(DoFn<InputT, OutputT> doFn) {
    return this;
  }

  // What goes out.

  @Override
  public void output(OutputT output) {
    calls.outputs().output(element.withValue(output));
  }

  @Override
  public void outputWithTimestamp(OutputT output, Instant timestamp) {
    outputWithTimestamp(mainTag(), output, timestamp);
  }

  @Override
  public void outputWindowedValue(
      OutputT output,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    outputWindowedValue(mainTag(), output, timestamp, windows, pane);
  }

  @Override
  public <T> void output(TupleTag<T> tag, T output) {
    requireTag(tag);
    calls.outputs().output(tag, element.withValue(output));
  }

  @Override
  public <T> void outputWithTimestamp(TupleTag<T> tag, T output, Instant timestamp) {
    outputWindowedValue(tag, output, timestamp, element.getWindows(), element.getPaneInfo());
  }

  @Override
  public <T> void outputWindowedValue(
      TupleTag<T> tag,
      T output,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    requireTag(tag);
    builder(tag, output).setTimestamp(timestamp).setWindows(windows).setPaneInfo(pane).output();
  }

  @Override
  public OutputBuilder<OutputT> builder(OutputT value) {
    return builder(mainTag(), value);
  }

  /**
   * What is built goes to {@code tag}; without a word on times and windows it is as the element.
   */
  <T> WindowedValues.Builder<T> builder(TupleTag<T> tag, T value) {
    return WindowedValues.builder(element)
        .withValue(value)
        .setReceiver(
            output -> {
              OutputTimes.check(fn, element.getTimestamp(), output.getTimestamp());
              calls.outputs().output(tag, output);
            });
  }

  @Override
  public OutputReceiver<OutputT> outputReceiver(DoFn<InputT, OutputT> doFn) {
    return this;
  }

  @Override
  public OutputReceiver<Row> outputRowReceiver(DoFn<InputT, OutputT> doFn) {
    return DoFnOutputReceivers.rowReceiver(
        this,
        OutputBuilderSuppliers.supplierForElement(element),
        mainTag(),
        calls.schema(mainTag()));
  }

  @Override
  public MultiOutputReceiver taggedOutputReceiver(DoFn<InputT, OutputT> doFn) {
    return this;
  }

  @Override
  public <T> OutputReceiver<T> get(TupleTag<T> tag) {
    return new TaggedOutput<>(tag);
  }

  @Override
  public <T> OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
    return DoFnOutputReceivers.rowReceiver(
        this, OutputBuilderSuppliers.supplierForElement(element), tag, calls.schema(tag));
  }

  /** Where outputs to one tag go. */
  private final class TaggedOutput<T> implements OutputReceiver<T> {
    private final TupleTag<T> tag;

    TaggedOutput(TupleTag<T> tag) {
      this.tag = tag;
    }

    @Override
    public void output(T value) {
      ElementContext.this.output(tag, value);
    }

    @Override
    public OutputBuilder<T> builder(T value) {
      return ElementContext.this.builder(tag, value);
    }
  }

  private TupleTag<OutputT> mainTag() {
    return calls.mainTag();
  }

  private static void requireTag(TupleTag<?> tag) {
    if (tag == null) {
      throw new NullPointerException("the tag of an output is null");
    }
  }

  // What such a function cannot ask for. Beam refuses most of it before it runs.

  @Override
  public State state(String id, boolean alwaysFetched) {
    throw unsupported("state");
  }

  @Override
  public Timer timer(String id) {
    throw unsupported("a timer");
  }

  @Override
  public TimerMap timerFamily(String id) {
    throw unsupported("timers");
  }

  @Override
  public String timerId(DoFn<InputT, OutputT> doFn) {
    throw unsupported("the id of a timer");
  }

  @Override
  public TimeDomain timeDomain(DoFn<InputT, OutputT> doFn) {
    throw unsupported("a time domain");
  }

  @Override
  public Object key() {
    throw unsupported("the key of a timer");
  }

  @Override
  public DoFn<InputT, OutputT>.StartBundleContext startBundleContext(DoFn<InputT, OutputT> doFn) {
    throw unsupported("the start of a bundle");
  }

  @Override
  public DoFn<InputT, OutputT>.FinishBundleContext finishBundleContext(DoFn<InputT, OutputT> doFn) {
    throw unsupported("the end of a bundle");
  }

  @Override
  public DoFn<InputT, OutputT>.OnTimerContext onTimerContext(DoFn<InputT, OutputT> doFn) {
    throw unsupported("a timer");
  }

  @Override
  public Object restriction() {
    throw unsupported("a restriction");
  }

  @Override
  public RestrictionTracker<?, ?> restrictionTracker() {
    throw unsupported("a restriction");
  }

  @Override
  public Object watermarkEstimatorState() {
    throw unsupported("a watermark estimator");
  }

  @Override
  public WatermarkEstimator<?> watermarkEstimator() {
    throw unsupported("a watermark estimator");
  }

  private static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "@ProcessElement of a DoFn without state asks for " + what);
  }
}
