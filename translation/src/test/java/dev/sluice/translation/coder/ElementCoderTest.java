package dev.sluice.translation.coder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Windowed values on their way through an exchange are what they are by Beam's full coder. */
class ElementCoderTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_234_567);
  private static final PaneInfo EARLY = PaneInfo.createPane(true, false, Timing.EARLY, 0, -1);
  private static final PaneInfo LATE = PaneInfo.createPane(false, true, Timing.LATE, 70_000, 3);

  private static IntervalWindow window(long start) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 10));
  }

  private static WindowedValue<String> of(
      String value, Instant time, List<? extends BoundedWindow> windows, PaneInfo pane) {
    return WindowedValues.of(value, time, windows, pane);
  }

  private static List<WindowedValue<String>> inIntervals() {
    return Stream.of(PaneInfo.NO_FIRING, PaneInfo.ON_TIME_AND_ONLY_FIRING, EARLY, LATE)
        .flatMap(
            pane ->
                Stream.of(
                    of("one window", TIME, List.of(window(5)), pane),
                    of("", BoundedWindow.TIMESTAMP_MIN_VALUE, List.of(window(-5)), pane),
                    of("some", TIME, List.of(window(5), window(7), window(0)), pane)))
        .toList();
  }

  /** All elements by {@code coder}, one behind the other, and back. */
  private static List<WindowedValue<String>> through(
      Coder<WindowedValue<String>> coder, List<WindowedValue<String>> elements) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (WindowedValue<String> element : elements) {
      coder.encode(element, out);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    List<WindowedValue<String>> decoded = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      decoded.add(coder.decode(in));
    }
    assertEquals(0, in.available());
    return decoded;
  }

  private static void assertSameAsFull(
      Coder<? extends BoundedWindow> windows, List<WindowedValue<String>> elements)
      throws IOException {
    List<WindowedValue<String>> expected =
        through(WindowedValues.getFullCoder(StringUtf8Coder.of(), windows), elements);
    List<WindowedValue<String>> actual =
        through(new ElementCoder<>(StringUtf8Coder.of(), windows), elements);
    assertEquals(expected, actual);
    assertEquals(elements, actual);
    for (int i = 0; i < elements.size(); i++) {
      assertEquals(expected.get(i).getPaneInfo(), actual.get(i).getPaneInfo());
      assertEquals(
          List.copyOf(expected.get(i).getWindows()), List.copyOf(actual.get(i).getWindows()));
    }
  }

  @Test
  void keepTimeWindowsAndPane() throws IOException {
    assertSameAsFull(IntervalWindow.getCoder(), inIntervals());
  }

  @Test
  void keepTheGlobalWindow() throws IOException {
    assertSameAsFull(
        GlobalWindow.Coder.INSTANCE,
        List.of(
            WindowedValues.valueInGlobalWindow("a"),
            WindowedValues.timestampedValueInGlobalWindow("b", TIME),
            of("c", TIME, List.of(GlobalWindow.INSTANCE), EARLY)));
  }

  @Test
  void takeAByteBesideTimeWindowAndValue() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ElementCoder<>(StringUtf8Coder.of(), GlobalWindow.Coder.INSTANCE)
        .encode(WindowedValues.timestampedValueInGlobalWindow("abc", TIME), out);
    assertEquals(1 + 8 + 4, out.size());
  }

  @Test
  void areNotReadFromWhatIsNone() {
    ElementCoder<String> coder =
        new ElementCoder<>(StringUtf8Coder.of(), GlobalWindow.Coder.INSTANCE);
    for (byte[] bytes : List.of(new byte[0], new byte[] {7, 1, 2})) {
      CoderException failure =
          assertThrows(CoderException.class, () -> coder.decode(new ByteArrayInputStream(bytes)));
      assertTrue(failure.getMessage().contains("not an element"), failure.getMessage());
    }
  }

  @Test
  void areWhatTheirComponentsAre() {
    ElementCoder<String> coder =
        new ElementCoder<>(StringUtf8Coder.of(), IntervalWindow.getCoder());
    assertEquals(coder, new ElementCoder<>(StringUtf8Coder.of(), IntervalWindow.getCoder()));
    assertEquals(List.of(StringUtf8Coder.of()), coder.getCoderArguments());
  }
}
