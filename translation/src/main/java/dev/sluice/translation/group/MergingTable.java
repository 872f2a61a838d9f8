package dev.sluice.translation.group;

import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.metrics.LateElements;
import dev.sluice.translation.timers.KeyTimers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;

/**
 * An accumulator for each key and window, of windows that merge. A key's elements wait until there
 * are several of them, since windows are merged all at once. Those that are late stay alone:
 * whether they are dropped depends on their own windows.
 */
final class MergingTable<K, InputT, AccumT> extends PreCombineTable<K, InputT, AccumT> {
  /** Elements of a key that wait, or as many as it has windows. */
  private static final int MIN_WAITING = 16;

  private final Combining<InputT, AccumT, ?> combining;
  private final WindowingStrategy<?, ?> windowing;
  private final TimestampCombiner times;
  private final CoderKeyCodec<K> keyCodec;
  private final Instant watermark;
  private final Map<Object, OfKey> keys = new HashMap<>();
  private int size;

  MergingTable(PreCombine<K, InputT, AccumT> operator, OperatorContext context) {
    super(operator, context);
    this.combining = operator.combining();
    this.windowing = operator.windowing();
    this.times =
        Windowing.needsTimestamps(windowing)
            ? windowing.getTimestampCombiner()
            : TimestampCombiner.EARLIEST;
    this.keyCodec = new CoderKeyCodec<>(operator.keyCoder(), operator.transform());
    this.watermark = KeyTimers.instant(context.progress().inputWatermark());
  }

  @Override
  PreCombined<InputT, AccumT> add(WindowedValue<KV<K, InputT>> element) throws Exception {
    K key = element.getValue().getKey();
    Object identity = KeyIdentity.of(key, keyCodec);
    OfKey ofKey = keys.get(identity);
    if (ofKey == null) {
      ofKey = new OfKey(key);
      keys.put(identity, ofKey);
    }
    size++;
    return ofKey.add(element);
  }

  @Override
  int size() {
    return size;
  }

  @Override
  void settle() throws Exception {
    for (OfKey ofKey : keys.values()) {
      ofKey.settle();
    }
  }

  @Override
  void drain() {
    keys.values().forEach(OfKey::drain);
    keys.clear();
    size = 0;
  }

  /** What there is of one key. */
  private final class OfKey {
    private final K key;
    private final List<PreCombined<InputT, AccumT>> late = new ArrayList<>(0);
    private final List<WindowedValue<KV<K, InputT>>> waiting = new ArrayList<>(1);
    private List<PreCombined<InputT, AccumT>> combined = List.of();

    OfKey(K key) {
      this.key = key;
    }

    PreCombined<InputT, AccumT> add(WindowedValue<KV<K, InputT>> element) throws Exception {
      BoundedWindow window = Windowing.onlyWindow(element);
      if (LateElements.isLate(window, windowing, watermark)) {
        late.add(add(new PreCombined<>(window, combining), element));
        return late.get(late.size() - 1);
      }
      waiting.add(element);
      if (waiting.size() < Math.max(MIN_WAITING, combined.size())) {
        return null;
      }
      settle();
      return combined.get(combined.size() - 1);
    }

    private PreCombined<InputT, AccumT> add(
        PreCombined<InputT, AccumT> into, WindowedValue<KV<K, InputT>> element) {
      into.add(combining, element.getValue().getValue(), element.getTimestamp(), times);
      return into;
    }

    void settle() throws Exception {
      Set<BoundedWindow> windows = new LinkedHashSet<>();
      combined.forEach(each -> windows.add(each.window()));
      waiting.forEach(element -> windows.add(Windowing.onlyWindow(element)));
      Map<BoundedWindow, BoundedWindow> mergedOf = Merging.mergedWindows(windowing, windows);
      Map<BoundedWindow, PreCombined<InputT, AccumT>> merged = new LinkedHashMap<>();
      for (PreCombined<InputT, AccumT> each : combined) {
        BoundedWindow window = mergedOf.get(each.window());
        if (window.equals(each.window()) && !merged.containsKey(window)) {
          merged.put(window, each);
        } else {
          in(merged, window).merge(combining, each, times);
        }
      }
      for (WindowedValue<KV<K, InputT>> element : waiting) {
        add(in(merged, mergedOf.get(Windowing.onlyWindow(element))), element);
      }
      size -= waiting.size() + combined.size() - merged.size();
      waiting.clear();
      combined = new ArrayList<>(merged.values());
    }

    private PreCombined<InputT, AccumT> in(
        Map<BoundedWindow, PreCombined<InputT, AccumT>> merged, BoundedWindow window) {
      return merged.computeIfAbsent(window, w -> new PreCombined<>(w, combining));
    }

    void drain() {
      late.forEach(each -> send(key, each));
      combined.forEach(each -> send(key, each));
    }
  }
}
