package dev.sluice.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Instant;

/** Generated input: keys of which some are much more frequent than others, with times. */
final class GeneratedEvents {
  private static final int KEYS = 40;
  private static final int SPAN_MS = 100_000;

  private GeneratedEvents() {}

  /** {@code count} events that depend on {@code seed} only. */
  static List<TimestampedValue<KV<String, Long>>> of(long seed, int count) {
    Random random = Seeds.random(seed);
    List<TimestampedValue<KV<String, Long>>> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // The smaller of two numbers: small ones are frequent.
      String key = "key-" + Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
      Instant time = Instant.ofEpochMilli(random.nextInt(SPAN_MS));
      events.add(TimestampedValue.of(KV.of(key, random.nextLong()), time));
    }
    return events;
  }
}
