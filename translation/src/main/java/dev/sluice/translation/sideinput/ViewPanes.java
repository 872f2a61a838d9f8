package dev.sluice.translation.sideinput;

import dev.sluice.engine.plan.Exchange.Retention;
import dev.sluice.engine.time.Watermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Keeps, of a view that is fed by panes, the last pane of each window.
 *
 * @param slackMs for how long after a window's end, in event time, its pane may be asked for
 */
public record ViewPanes<T>(long slackMs) implements Retention<WindowedValue<T>> {
  @Override
  public BoundedWindow key(WindowedValue<T> pane) {
    return pane.getWindows().iterator().next();
  }

  @Override
  public long expiresAt(WindowedValue<T> pane) {
    long end = key(pane).maxTimestamp().getMillis();
    return end >= BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis() - DAY_MS - slackMs
        ? Watermark.END
        : end + slackMs;
  }

  /** The global window ends a day before time does. */
  private static final long DAY_MS = 24 * 60 * 60 * 1000L;
}
