package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.keyed;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.Tally;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import java.io.IOException;
import java.util.List;

/**
 * Sums the values of each key and window, and emits a sum with the last time of its window once the
 * watermark has passed that. Values are lists of a time and a value. Notes what is late.
 */
final class WindowSums extends Timed<KeyValue> {
  private static final long serialVersionUID = 1L;

  private final long size;
  private final boolean flaky;

  /**
   * For windows of {@code size}.
   *
   * @param flaky whether the first attempt of a task fails at some values
   */
  WindowSums(long size, boolean flaky) {
    this.size = size;
    this.flaky = flaky;
  }

  /** The last time of the window of {@code time}. */
  static long lastOf(long time, long size) {
    return Math.floorDiv(time, size) * size + size - 1;
  }

  @Override
  void element(KeyValue element, Call call) throws IOException {
    List<?> value = (List<?>) element.value();
    long last = lastOf((Long) value.get(0), size);
    long amount = (Long) value.get(1);
    if (last < call.now().inputWatermark()) {
      call.note(element);
    } else {
      var key = call.states().key(element.key());
      ((Tally) key.cell(sum(last), Tally::new)).add(amount);
      key.setTimer(new Timer(last, TimerDomain.EVENT_TIME, last, last));
    }
    if (flaky && amount % 5 == 0 && call.context().scope().attempt() == 1) {
      throw new IOException("flaky");
    }
  }

  @Override
  void fire(Object key, Timer timer, Call call) {
    var state = call.states().key(key);
    Tally tally = (Tally) state.cell(sum(timer.timestamp()), Tally::new);
    call.out().emit(keyed(key, List.of(timer.timestamp(), tally.amount())));
    state.remove(sum(timer.timestamp()));
  }

  private static CellAddress sum(long last) {
    return new CellAddress(last, "sum");
  }
}
