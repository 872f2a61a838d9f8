package dev.sluice.examples;

import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Which event time a line has, and how far event time is. The reader keeps the latest of both. */
sealed interface LineTimes extends Serializable {

  /** The time of a line that has just come; {@code latest} is the latest time before it. */
  Instant timeOf(String line, Instant latest);

  /** Before this, no line is expected any more. */
  Instant watermark(Instant latest);

  /** A line has the time at which it came. None is ever late. */
  static LineTimes arrival() {
    return new Arrival();
  }

  /**
   * A line says its time itself; if it does not, it has that of the line before. Lines may come out
   * of order by {@code disorder}. Time stands still while none come.
   */
  static LineTimes written(
      SerializableFunction<String, Optional<Instant>> timeIn, Duration disorder) {
    return new Written(timeIn, disorder);
  }

  /** See {@link #arrival}. */
  record Arrival() implements LineTimes {
    @Override
    public Instant timeOf(String line, Instant latest) {
      return watermark(latest);
    }

    @Override
    public Instant watermark(Instant latest) {
      Instant now = Instant.now();
      // The machine's clock can be set back, the watermark cannot.
      return now.isAfter(latest) ? now : latest;
    }
  }

  /** See {@link #written}. */
  record Written(SerializableFunction<String, Optional<Instant>> timeIn, Duration disorder)
      implements LineTimes {
    @Override
    public Instant timeOf(String line, Instant latest) {
      return timeIn.apply(line).orElse(latest);
    }

    @Override
    public Instant watermark(Instant latest) {
      boolean none = latest.equals(BoundedWindow.TIMESTAMP_MIN_VALUE);
      return none ? latest : latest.minus(disorder);
    }
  }
}
