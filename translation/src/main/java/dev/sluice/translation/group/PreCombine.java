package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.coder.WindowedKey;
import dev.sluice.translation.coder.WindowedKeyCodec;
import dev.sluice.translation.metrics.MetricsScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * Combines the values of each key and window before the exchange, so that one accumulator crosses
 * it instead of all values. For windows that do not merge; input elements are in one window.
 *
 * <p>The table is bounded: when it has many keys, or its accumulators have grown large - each
 * 1,024th is encoded to see - everything in it is sent on.
 *
 * @param counted whether an accumulator is sent with the number of values that it stands for
 */
public record PreCombine<K, InputT, AccumT>(
    Combining<InputT, AccumT, ?> combining,
    Coder<K> keyCoder,
    WindowingStrategy<?, ?> windowing,
    boolean counted,
    String transform)
    implements Operator<WindowedValue<KV<K, InputT>>> {
  private static final int MAX_KEYS = 1 << 15;

  /** Encoded bytes that all accumulators may have, as far as samples tell. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int SAMPLE_MASK = 1023;

  /** Whether values may be combined in part under {@code windowing}. */
  public static boolean appliesTo(WindowingStrategy<?, ?> windowing, boolean streaming) {
    return !Windowing.merges(windowing)
        && (streaming ? Windowing.hasOnePane(windowing) : Windowing.hasDefaultTrigger(windowing));
  }

  @Override
  public Processor<WindowedValue<KV<K, InputT>>> open(OperatorContext context) {
    return new Table<>(this, context);
  }

  private static final class Table<K, InputT, AccumT>
      implements Processor<WindowedValue<KV<K, InputT>>> {
    private final Combining<InputT, AccumT, ?> combining;
    private final WindowingStrategy<?, ?> windowing;
    private final boolean global;
    private final boolean timed;
    private final KeyCodec<Object> keyCodec;
    private final boolean counted;
    private final Output<WindowedValue<KV<K, Object>>> output;
    private final MetricsScope metrics;
    private final Map<Object, Entry<K, AccumT>> entries = new HashMap<>();
    private final Codec<AccumT> accumulatorCodec;
    private long added;

    private static final class Entry<K, AccumT> {
      private final K key;
      private final BoundedWindow window;
      private AccumT accumulator;
      private long values;
      private Instant timestamp;

      Entry(K key, BoundedWindow window, AccumT accumulator) {
        this.key = key;
        this.window = window;
        this.accumulator = accumulator;
      }
    }

    Table(PreCombine<K, InputT, AccumT> operator, OperatorContext context) {
      this.combining = operator.combining;
      this.windowing = operator.windowing;
      this.global = Windowing.isGlobalOnly(windowing);
      this.counted = operator.counted;
      this.timed = Windowing.needsTimestamps(windowing);
      this.keyCodec = keyCodec(operator, global);
      this.accumulatorCodec = new CoderCodec<>(combining.accumulatorCoder(), operator.transform);
      this.output = context.output(0);
      this.metrics = MetricsScope.of(context.scope(), operator.transform);
    }

    @SuppressWarnings("unchecked")
    private static <K> KeyCodec<Object> keyCodec(PreCombine<K, ?, ?> operator, boolean global) {
      CoderKeyCodec<K> codec = new CoderKeyCodec<>(operator.keyCoder, operator.transform);
      Object chosen =
          global ? codec : new WindowedKeyCodec<>(codec, Windowing.windowCoder(operator.windowing));
      return (KeyCodec<Object>) chosen;
    }

    @Override
    public void process(WindowedValue<KV<K, InputT>> element) throws IOException {
      boolean full;
      MetricsContainer previous = metrics.enter();
      try {
        Entry<K, AccumT> entry = add(element);
        full = entries.size() >= MAX_KEYS || ((++added & SAMPLE_MASK) == 0 && isLarge(entry));
      } finally {
        metrics.exit(previous);
      }
      if (full) {
        flush();
      }
    }

    /** Whether all accumulators together are too large if they are like this one. */
    private boolean isLarge(Entry<K, AccumT> entry) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      accumulatorCodec.encode(entry.accumulator, bytes);
      return (long) bytes.size() * entries.size() > MAX_BYTES;
    }

    private Entry<K, AccumT> add(WindowedValue<KV<K, InputT>> element) throws IOException {
      KV<K, InputT> pair = element.getValue();
      BoundedWindow window = element.getWindows().iterator().next();
      Object key = global ? pair.getKey() : new WindowedKey<>(pair.getKey(), window);
      Object slot = KeyIdentity.of(key, keyCodec);
      Entry<K, AccumT> entry = entries.get(slot);
      if (entry == null) {
        entry = new Entry<>(pair.getKey(), window, combining.create());
        entries.put(slot, entry);
      }
      entry.accumulator = combining.add(entry.accumulator, pair.getValue());
      entry.values++;
      if (timed) {
        Instant time = windowing.getTimestampCombiner().assign(window, element.getTimestamp());
        entry.timestamp =
            entry.timestamp == null
                ? time
                : windowing.getTimestampCombiner().combine(entry.timestamp, time);
      }
      return entry;
    }

    @Override
    public void finishBundle() {
      flush();
    }

    private void flush() {
      for (Entry<K, AccumT> entry : entries.values()) {
        AccumT accumulator = compacted(entry.accumulator);
        Instant timestamp = timed ? entry.timestamp : entry.window.maxTimestamp();
        output.emit(
            WindowedValues.of(
                KV.of(entry.key, counted ? KV.of(entry.values, accumulator) : accumulator),
                timestamp,
                entry.window,
                PaneInfo.NO_FIRING));
      }
      entries.clear();
    }

    private AccumT compacted(AccumT accumulator) {
      MetricsContainer previous = metrics.enter();
      try {
        return combining.compact(accumulator);
      } finally {
        metrics.exit(previous);
      }
    }
  }
}
