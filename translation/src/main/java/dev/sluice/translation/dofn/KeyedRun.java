package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.KeyState;
import dev.sluice.translation.state.KeyCells;
import dev.sluice.translation.timers.KeyTimers;
import dev.sluice.translation.timers.KeyTimers.Seen;
import java.util.List;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateNamespaces.WindowNamespace;
import org.apache.beam.runners.core.StatefulDoFnRunner.StateInternalsStateCleaner;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Runs a DoFn with state on one key after another: elements, timers, the expiration of windows. For
 * use by one thread, which opens a key before anything else.
 */
final class KeyedRun<K, InputT, OutputT> implements StepContext {
  private static final String EXPIRATION_TIMER = "__SluiceWindowExpiration";
  private static final String SORT_TIMER = "__SluiceSortedInput";
  private static final CellAddress SORTED = new CellAddress("sorted input", "");

  private final DoFnStep<InputT, OutputT> step;
  private final DoFnInstance<InputT, OutputT> instance;
  private final InMemoryBundleFinalizer finalizer;
  private final Coder<BoundedWindow> windowCoder;
  private final Counter droppedDueToLateness =
      Metrics.counter(KeyedRun.class, "droppedDueToLateness");
  private final boolean sorted;
  private final boolean expires;
  private K key;
  private KeyState state;
  private KeyCells cells;
  private KeyTimers timers;

  @SuppressWarnings("unchecked")
  KeyedRun(DoFnStep<InputT, OutputT> step, OperatorContext context) throws Exception {
    this.step = step;
    this.finalizer = BundleFinalizations.of(context.scope()).registry();
    this.instance = DoFnInstance.open(step, this, context);
    this.windowCoder = (Coder<BoundedWindow>) step.windowing().getWindowFn().windowCoder();
    DoFnSignature signature = DoFnSignatures.getSignature(step.fn().getClass());
    this.sorted = signature.processElement().requiresTimeSortedInput();
    this.expires = signature.onWindowExpiration() != null;
  }

  DoFnInstance<InputT, OutputT> instance() {
    return instance;
  }

  /** What follows is for {@code key}. */
  void open(K newKey, KeyState newState, Progress before) {
    key = newKey;
    state = newState;
    cells = new KeyCells(newKey, newState);
    timers = new KeyTimers(newState, before, Seen.BY_TIMER);
  }

  void process(Iterable<WindowedValue<InputT>> values) {
    for (WindowedValue<InputT> element : values) {
      for (WindowedValue<InputT> exploded : element.explodeWindows()) {
        BoundedWindow window = exploded.getWindows().iterator().next();
        if (expiry(window).isBefore(timers.currentInputWatermarkTime())) {
          droppedDueToLateness.inc();
          continue;
        }
        armExpiration(window);
        if (sorted) {
          sort(exploded);
        } else {
          instance.runner().processElement(exploded);
        }
      }
    }
  }

  /** Fires what is due at {@code now}. */
  void advance(Progress now) {
    timers.advance(now);
    for (TimerData timer = timers.next(); timer != null; timer = timers.next()) {
      instance.ensureBundle();
      BoundedWindow window = window(timer.getNamespace());
      switch (timer.getTimerId()) {
        case EXPIRATION_TIMER -> expire(window, timer.getNamespace());
        case SORT_TIMER -> processSorted(window, timer.getTimestamp());
        default ->
            instance
                .runner()
                .onTimer(
                    timer.getTimerId(),
                    timer.getTimerFamilyId(),
                    key,
                    window,
                    timer.getTimestamp(),
                    timer.getOutputTimestamp(),
                    timer.getDomain());
      }
    }
    timers.settle();
  }

  private Instant expiry(BoundedWindow window) {
    return LateDataUtils.garbageCollectionTime(window, step.windowing());
  }

  /**
   * Lets what the window leaves be done when it expires. With the global window the stream itself
   * is over, so that a key need not be kept just to be cleared.
   */
  private void armExpiration(BoundedWindow window) {
    if (!expires && !sorted && window.equals(GlobalWindow.INSTANCE)) {
      return;
    }
    StateNamespace namespace = StateNamespaces.window(windowCoder, window);
    if (!timers.isSet(namespace, EXPIRATION_TIMER)) {
      // Behind every timer that the user can set for this window.
      setTimer(
          namespace,
          EXPIRATION_TIMER,
          expiry(window).plus(Duration.millis(1)),
          expires ? window.maxTimestamp() : KeyTimers.NO_HOLD);
    }
  }

  private void setTimer(StateNamespace namespace, String id, Instant target, Instant hold) {
    timers.setTimer(namespace, id, "", target, hold, TimeDomain.EVENT_TIME);
  }

  private void sort(WindowedValue<InputT> element) {
    if (isLate(element)) {
      droppedDueToLateness.inc();
      return;
    }
    sortBuffer().add(element);
    armSort(element.getWindows().iterator().next());
  }

  private boolean isLate(WindowedValue<InputT> element) {
    return element
        .getTimestamp()
        .plus(step.windowing().getAllowedLateness())
        .isBefore(timers.currentInputWatermarkTime());
  }

  private void armSort(BoundedWindow window) {
    Instant first = sortBuffer().first(window);
    if (first != null) {
      setTimer(
          StateNamespaces.window(windowCoder, window),
          SORT_TIMER,
          first.plus(step.windowing().getAllowedLateness()),
          first);
    }
  }

  private void processSorted(BoundedWindow window, Instant firingTime) {
    Instant upTo = firingTime.minus(step.windowing().getAllowedLateness());
    List<WindowedValue<InputT>> elements = sortBuffer().take(window, upTo);
    elements.forEach(instance.runner()::processElement);
    armSort(window);
  }

  @SuppressWarnings("unchecked")
  private SortBuffer<InputT> sortBuffer() {
    return (SortBuffer<InputT>) state.cell(SORTED, SortBuffer::new);
  }

  private void expire(BoundedWindow window, StateNamespace namespace) {
    if (sorted) {
      // Those whose turn would come later: an element's time may lie behind its window's end.
      sortBuffer()
          .take(window, BoundedWindow.TIMESTAMP_MAX_VALUE)
          .forEach(instance.runner()::processElement);
    }
    if (expires) {
      instance.runner().onWindowExpiration(window, window.maxTimestamp(), key);
    }
    new StateInternalsStateCleaner<>(instance.fn(), cells, windowCoder).clearForWindow(window);
    timers.clear(namespace);
  }

  private static BoundedWindow window(StateNamespace namespace) {
    return ((WindowNamespace<?>) namespace).getWindow();
  }

  @Override
  public StateInternals stateInternals() {
    return cells;
  }

  @Override
  public TimerInternals timerInternals() {
    return timers;
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return finalizer;
  }
}
