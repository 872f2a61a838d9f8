package dev.sluice.translation.dofn;

import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.KeyState;
import dev.sluice.engine.state.StateView;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.joda.time.Instant;

/** What a splittable DoFn has left of its elements in a stream. For use by one attempt's thread. */
final class Residuals {
  static final CellAddress RESIDUAL = new CellAddress("", "residual");
  private static final String RESUME = "resume";

  private final StateView states;
  private final long nowMs;
  private final long firstOwn;

  Residuals(OperatorContext context) {
    this.states = context.state();
    this.nowMs = context.progress().processingTime();
    this.firstOwn = states.nextNumber();
  }

  /**
   * Keeps {@code residual} for a later batch.
   *
   * @param watermark what its output will not be before; null if that is not known
   */
  void keep(Object residual, long delayMs, Instant watermark) {
    KeyState state = states.key(states.nextNumber());
    state.put(RESIDUAL, new Kept<>(residual, Watermark.END));
    long hold = watermark == null ? Watermark.START : watermark.getMillis();
    state.setTimer(new Timer(RESUME, TimerDomain.RESUME, nowMs + delayMs - 1, hold));
  }

  /** Takes what earlier batches have kept and is due now; all of it when the stream is drained. */
  List<Object> takeDue(Progress now) {
    long time = now.drained() ? Watermark.END : now.processingTime();
    List<Object> taken = new ArrayList<>();
    states.forEachDue(
        TimerDomain.RESUME,
        time,
        (number, state) -> {
          if ((Long) number < firstOwn) {
            state.removeTimer(RESUME);
            taken.add(((Kept<?>) state.cell(RESIDUAL, Residuals::missing)).value());
            state.remove(RESIDUAL);
          }
        });
    return taken;
  }

  private static Kept<?> missing() {
    throw new IllegalStateException("a timer without the residual that it is for");
  }
}
