package dev.sluice.engine.state;

/** What state keeps back, and when it is to be looked at again. */
public interface Held {

  /** What the output watermark waits for. */
  long hold();

  /**
   * When the first timer of {@code domain} is due; {@link dev.sluice.engine.time.Watermark#END} if
   * there is none.
   */
  long earliest(TimerDomain domain);
}
