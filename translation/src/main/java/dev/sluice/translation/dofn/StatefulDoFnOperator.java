package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.timers.KeyTimers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.runners.core.InMemoryBundleFinalizer;
import org.apache.beam.runners.core.InMemoryStateInternals;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateNamespaces.WindowNamespace;
import org.apache.beam.runners.core.StatefulDoFnRunner.StateCleaner;
import org.apache.beam.runners.core.StatefulDoFnRunner.StateInternalsStateCleaner;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * A DoFn with state or timers on a bounded input: key by key. All elements of a key come first,
 * then its timers, then the expiration of its windows; then its state is forgotten.
 */
public record StatefulDoFnOperator<K, InputT, OutputT>(DoFnStep<InputT, OutputT> step)
    implements Operator<Group<K, WindowedValue<InputT>>> {

  @Override
  public Processor<Group<K, WindowedValue<InputT>>> open(OperatorContext context) throws Exception {
    return new StatefulProcessor<>(step, context);
  }

  private static final class StatefulProcessor<K, InputT, OutputT>
      extends InstanceProcessor<Group<K, WindowedValue<InputT>>> implements StepContext {
    private static final String EXPIRATION_TIMER = "__SluiceWindowExpiration";

    private final DoFnStep<InputT, OutputT> step;
    private final DoFnInstance<InputT, OutputT> instance;
    private final InMemoryBundleFinalizer finalizer;
    private final Coder<BoundedWindow> windowCoder;
    private final boolean sorted;
    private final boolean expires;
    private StateInternals state;
    private KeyTimers timers;

    @SuppressWarnings("unchecked")
    StatefulProcessor(DoFnStep<InputT, OutputT> step, OperatorContext context) throws Exception {
      this.step = step;
      this.finalizer = BundleFinalizations.of(context.scope()).registry();
      this.instance = DoFnInstance.open(step, this, context);
      this.windowCoder = (Coder<BoundedWindow>) step.windowing().getWindowFn().windowCoder();
      DoFnSignature signature = DoFnSignatures.getSignature(step.fn().getClass());
      this.sorted = signature.processElement().requiresTimeSortedInput();
      this.expires = signature.onWindowExpiration() != null;
    }

    @Override
    public void process(Group<K, WindowedValue<InputT>> group) {
      MetricsContainer previous = instance.metrics().enter();
      try {
        instance.ensureBundle();
        state = InMemoryStateInternals.forKey(group.key());
        timers = new KeyTimers(System::currentTimeMillis, Duration.ZERO);
        Set<BoundedWindow> windows = new HashSet<>();
        for (WindowedValue<InputT> element : inOrder(group.values())) {
          for (WindowedValue<InputT> exploded : element.explodeWindows()) {
            BoundedWindow window = exploded.getWindows().iterator().next();
            if (windows.add(window)) {
              armExpiration(window);
            }
            instance.runner().processElement(exploded);
          }
        }
        fireTimers(group.key());
      } finally {
        instance.metrics().exit(previous);
      }
    }

    private Iterable<WindowedValue<InputT>> inOrder(Iterable<WindowedValue<InputT>> values) {
      if (!sorted) {
        return values;
      }
      List<WindowedValue<InputT>> byTime = new ArrayList<>();
      values.forEach(byTime::add);
      byTime.sort(Comparator.comparing(WindowedValue::getTimestamp));
      return byTime;
    }

    private void fireTimers(K key) {
      for (TimerData timer = timers.next(); timer != null; timer = timers.next()) {
        BoundedWindow window = window(timer.getNamespace());
        if (EXPIRATION_TIMER.equals(timer.getTimerId())) {
          expire(key, window, timer.getNamespace());
        } else {
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
    }

    private void armExpiration(BoundedWindow window) {
      // Behind every timer that the user can set for this window.
      Instant expiry =
          LateDataUtils.garbageCollectionTime(window, step.windowing()).plus(Duration.millis(1));
      timers.setTimer(
          StateNamespaces.window(windowCoder, window),
          EXPIRATION_TIMER,
          "",
          expiry,
          window.maxTimestamp(),
          TimeDomain.EVENT_TIME);
    }

    private void expire(K key, BoundedWindow window, StateNamespace namespace) {
      if (expires) {
        instance.runner().onWindowExpiration(window, window.maxTimestamp(), key);
      }
      StateCleaner<BoundedWindow> cleaner =
          new StateInternalsStateCleaner<>(instance.fn(), state, windowCoder);
      cleaner.clearForWindow(window);
      timers.clear(namespace);
    }

    private static BoundedWindow window(StateNamespace namespace) {
      return ((WindowNamespace<?>) namespace).getWindow();
    }

    @Override
    DoFnInstance<?, ?> instance() {
      return instance;
    }

    @Override
    public StateInternals stateInternals() {
      return state;
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
}
