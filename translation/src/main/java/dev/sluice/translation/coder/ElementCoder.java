package dev.sluice.translation.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/**
 * Windowed values on their way through an exchange. Most are in one window and not of a pane:
 * {@code 0 | timestamp | window | value}, without the collection and the pane of Beam's full coder.
 * All others are written by that behind a {@code 1}. It loses what that loses.
 *
 * <p>The bytes are not kept beyond a job.
 */
final class ElementCoder<T> extends StructuredCoder<WindowedValue<T>> {
  private static final long serialVersionUID = 1L;
  private static final int PLAIN = 0;
  private static final int FULL = 1;

  private final Coder<T> valueCoder;
  private final Coder<BoundedWindow> windowCoder;
  private final Coder<WindowedValue<T>> full;

  @SuppressWarnings("unchecked") // windows of the strategy that the coder is from
  ElementCoder(Coder<T> valueCoder, Coder<? extends BoundedWindow> windowCoder) {
    this.valueCoder = valueCoder;
    this.windowCoder = (Coder<BoundedWindow>) windowCoder;
    this.full = WindowedValues.getFullCoder(valueCoder, windowCoder);
  }

  @Override
  public void encode(WindowedValue<T> element, OutputStream out) throws IOException {
    Collection<? extends BoundedWindow> windows = element.getWindows();
    if (windows.size() != 1
        || element.causedByDrain()
        || !element.getPaneInfo().equals(PaneInfo.NO_FIRING)) {
      out.write(FULL);
      full.encode(element, out);
      return;
    }
    out.write(PLAIN);
    InstantCoder.of().encode(element.getTimestamp(), out);
    windowCoder.encode(windows.iterator().next(), out);
    valueCoder.encode(element.getValue(), out);
  }

  @Override
  public WindowedValue<T> decode(InputStream in) throws IOException {
    int form = in.read();
    if (form == FULL) {
      return full.decode(in);
    }
    if (form != PLAIN) {
      throw new CoderException("not an element: it begins with " + form);
    }
    Instant timestamp = InstantCoder.of().decode(in);
    BoundedWindow window = windowCoder.decode(in);
    return WindowedValues.of(valueCoder.decode(in), timestamp, window, PaneInfo.NO_FIRING);
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(valueCoder);
  }

  @Override
  public List<? extends Coder<?>> getComponents() {
    return List.of(valueCoder, windowCoder);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    full.verifyDeterministic();
  }
}
