package dev.sluice.translation.dofn;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.translation.coder.CoderFingerprint;
import dev.sluice.translation.state.BeamStateFormat;
import dev.sluice.translation.timers.DueTimes;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * A DoFn with state or timers, key by key.
 *
 * <p>Of a stream, the state of a key is kept from batch to batch, and its timers fire when they are
 * due. Of a bounded input all elements of a key come first, then all its timers; then its state is
 * forgotten.
 */
public record StatefulDoFnOperator<K, InputT, OutputT>(
    DoFnStep<InputT, OutputT> step, KeyCodec<K> keyCodec)
    implements Operator<Group<K, WindowedValue<InputT>>>, Stateful {

  @Override
  public Processor<Group<K, WindowedValue<InputT>>> open(OperatorContext context) throws Exception {
    KeyedRun<K, InputT, OutputT> run = new KeyedRun<>(step, context);
    return step.streaming()
        ? new StreamProcessor<>(run, keyCodec, context)
        : new BoundedProcessor<>(run, context);
  }

  @Override
  public StateFormat stateFormat() {
    Coder<? extends BoundedWindow> windowCoder = step.windowing().getWindowFn().windowCoder();
    return new BeamStateFormat<>(
        keyCodec,
        windowCoder,
        new SortedElements<>(WindowedValues.getFullCoder(step.inputCoder(), windowCoder)),
        "state of "
            + CoderFingerprint.of(keyCodec)
            + " "
            + CoderFingerprint.of(windowCoder)
            + " "
            + StateFingerprint.of(step.fn()));
  }

  private static final class BoundedProcessor<K, InputT, OutputT>
      extends InstanceProcessor<Group<K, WindowedValue<InputT>>> {
    private final KeyedRun<K, InputT, OutputT> run;
    private final OperatorContext context;

    BoundedProcessor(KeyedRun<K, InputT, OutputT> run, OperatorContext context) {
      this.run = run;
      this.context = context;
    }

    @Override
    public void process(Group<K, WindowedValue<InputT>> group) {
      MetricsContainer previous = instance().metrics().enter();
      try {
        instance().ensureBundle();
        Progress before = context.progress();
        run.open(group.key(), KeyState.passing(), before);
        run.process(group.values());
        run.advance(Progress.end(before.processingTime()));
      } finally {
        instance().metrics().exit(previous);
      }
    }

    @Override
    DoFnInstance<?, ?> instance() {
      return run.instance();
    }
  }

  private static final class StreamProcessor<K, InputT, OutputT>
      extends InstanceProcessor<Group<K, WindowedValue<InputT>>> {
    private final KeyedRun<K, InputT, OutputT> run;
    private final KeyCodec<K> keyCodec;
    private final StateView states;
    private final Progress before;

    StreamProcessor(
        KeyedRun<K, InputT, OutputT> run, KeyCodec<K> keyCodec, OperatorContext context) {
      this.run = run;
      this.keyCodec = keyCodec;
      this.states = context.state();
      this.before = context.progress();
    }

    @Override
    public void process(Group<K, WindowedValue<InputT>> group) throws IOException {
      MetricsContainer previous = instance().metrics().enter();
      try {
        instance().ensureBundle();
        Object identity = KeyIdentity.of(group.key(), keyCodec);
        run.open(group.key(), states.key(identity), before);
        run.process(group.values());
      } finally {
        instance().metrics().exit(previous);
      }
    }

    @Override
    public void advance(Progress now) throws IOException {
      MetricsContainer previous = instance().metrics().enter();
      try {
        states.forEachDue(
            DueTimes.at(now),
            (identity, state) -> {
              run.open(KeyIdentity.key(identity, keyCodec), state, before);
              run.advance(now);
            });
      } finally {
        instance().metrics().exit(previous);
      }
    }

    @Override
    DoFnInstance<?, ?> instance() {
      return run.instance();
    }
  }
}
