package dev.sluice.engine.batch;

import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Kept;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;

/**
 * Keeps each number until the watermark has passed it, and notes numbers that are behind it already
 * as {@code late}.
 */
final class Delay extends Timed<Long> {
  private static final long serialVersionUID = 1L;

  @Override
  void element(Long time, Call call) {
    if (time < call.now().inputWatermark()) {
      call.note("late " + time);
      return;
    }
    Object number = call.states().nextNumber();
    var key = call.states().key("");
    key.put(new CellAddress("", number), new Kept<>(time, time));
    key.setTimer(new Timer(number, TimerDomain.EVENT_TIME, time, Watermark.END));
  }

  @Override
  void fire(Object key, Timer timer, Call call) {
    var state = call.states().key(key);
    CellAddress address = new CellAddress("", timer.id());
    Kept<?> kept = (Kept<?>) state.cell(address, () -> null);
    state.remove(address);
    call.out().emit(kept.value());
  }
}
