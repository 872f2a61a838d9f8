package dev.sluice.engine.state;

import dev.sluice.engine.time.Watermark;

/** A cell with an amount that changes in place. */
public final class Tally implements Cell {
  private long amount;
  private long hold = Watermark.END;

  public long amount() {
    return amount;
  }

  public void add(long more) {
    amount += more;
  }

  void clear() {
    amount = 0;
    hold = Watermark.END;
  }

  void holdAt(long time) {
    hold = time;
  }

  @Override
  public Tally copy() {
    Tally copy = new Tally();
    copy.amount = amount;
    copy.hold = hold;
    return copy;
  }

  @Override
  public boolean isEmpty() {
    return amount == 0;
  }

  @Override
  public long hold() {
    return hold;
  }
}
