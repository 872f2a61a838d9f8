package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.Receiver;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A source of the natural numbers, which can be read again. The test asks for blocks; whichever
 * process it is in, it goes on behind the last mark.
 */
final class Numbered extends Receiver<Long> {
  private volatile long next = -1;

  @Override
  public void onStart() {
    Object mark = lastMark();
    next = mark == null ? 0 : (Long) mark;
  }

  @Override
  public void onStop() {}

  /** Stores numbers up to {@code end}, which may be there already. */
  void upTo(long end) {
    if (end > next) {
      List<Long> records = LongStream.range(next, end).boxed().toList();
      store(records, end, 0);
      next = end;
    }
  }

  /** Whether it is known where it stands. */
  boolean isReady() {
    return next >= 0;
  }
}
