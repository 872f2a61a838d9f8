package dev.sluice.translation.source;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Exchange.KeySelector;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.plan.Stateful;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import dev.sluice.translation.state.BeamStateFormat;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.values.ValueWithRecordId;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Of the records with one id passes the first on, for a source that may give a record twice. An id
 * is forgotten ten minutes after its last record, as Beam's own runners do it.
 */
public record DropSeenIds<T>(KeyCodec<byte[]> idCodec)
    implements Operator<Group<byte[], WindowedValue<ValueWithRecordId<T>>>>, Stateful {
  private static final long REMEMBERED_MS = TimeUnit.MINUTES.toMillis(10);
  private static final String SEEN = "seen";

  @Override
  public Processor<Group<byte[], WindowedValue<ValueWithRecordId<T>>>> open(
      OperatorContext context) {
    StateView states = context.state();
    Output<WindowedValue<T>> output = context.output(0);
    long forgetAt = context.progress().processingTime() + REMEMBERED_MS;
    return new Processor<>() {
      @Override
      public void process(Group<byte[], WindowedValue<ValueWithRecordId<T>>> group)
          throws IOException {
        KeyState state = states.key(KeyIdentity.of(group.key(), idCodec));
        if (state.timer(SEEN) == null) {
          WindowedValue<ValueWithRecordId<T>> first = group.values().iterator().next();
          output.emit(first.withValue(first.getValue().getValue()));
        }
        state.setTimer(new Timer(SEEN, TimerDomain.PROCESSING_TIME, forgetAt, Watermark.END));
      }

      @Override
      public void advance(Progress now) {
        long time = now.ended() ? Watermark.END : now.processingTime();
        states.forEachDue(
            TimerDomain.PROCESSING_TIME, time, (id, state) -> state.removeTimer(SEEN));
      }
    };
  }

  @Override
  public StateFormat stateFormat() {
    return new BeamStateFormat<>(idCodec, null, null, "seen ids");
  }

  /** Takes a record's id as its key. */
  public record ById<T>()
      implements KeySelector<
          WindowedValue<ValueWithRecordId<T>>, byte[], WindowedValue<ValueWithRecordId<T>>> {
    @Override
    public byte[] key(WindowedValue<ValueWithRecordId<T>> record) {
      return record.getValue().getId();
    }

    @Override
    public WindowedValue<ValueWithRecordId<T>> value(WindowedValue<ValueWithRecordId<T>> record) {
      return record;
    }
  }
}
