package dev.sluice.translation.group;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.coder.WindowedKey;
import dev.sluice.translation.coder.WindowedKeyCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** An accumulator for each key and window; windows do not merge. */
final class WindowTable<K, InputT, AccumT> extends PreCombineTable<K, InputT, AccumT> {
  private final Combining<InputT, AccumT, ?> combining;
  private final boolean global;
  private final TimestampCombiner times;
  private final KeyCodec<Object> keyCodec;
  private final Map<Object, Entry<K, InputT, AccumT>> entries = new HashMap<>();

  private record Entry<K, InputT, AccumT>(K key, PreCombined<InputT, AccumT> combined) {}

  WindowTable(PreCombine<K, InputT, AccumT> operator, OperatorContext context) {
    super(operator, context);
    this.combining = operator.combining();
    this.global = Windowing.isGlobalOnly(operator.windowing());
    this.times =
        Windowing.needsTimestamps(operator.windowing())
            ? operator.windowing().getTimestampCombiner()
            : null;
    this.keyCodec = keyCodec(operator, global);
  }

  @SuppressWarnings("unchecked")
  private static <K> KeyCodec<Object> keyCodec(PreCombine<K, ?, ?> operator, boolean global) {
    CoderKeyCodec<K> codec = new CoderKeyCodec<>(operator.keyCoder(), operator.transform());
    Object chosen =
        global ? codec : new WindowedKeyCodec<>(codec, Windowing.windowCoder(operator.windowing()));
    return (KeyCodec<Object>) chosen;
  }

  @Override
  PreCombined<InputT, AccumT> add(WindowedValue<KV<K, InputT>> element) throws IOException {
    KV<K, InputT> pair = element.getValue();
    BoundedWindow window = Windowing.onlyWindow(element);
    Object key = global ? pair.getKey() : new WindowedKey<>(pair.getKey(), window);
    Object slot = KeyIdentity.of(key, keyCodec);
    Entry<K, InputT, AccumT> entry = entries.get(slot);
    if (entry == null) {
      entry = new Entry<>(pair.getKey(), new PreCombined<>(window, combining));
      entries.put(slot, entry);
    }
    entry.combined.add(combining, pair.getValue(), element.getTimestamp(), times);
    return entry.combined;
  }

  @Override
  int size() {
    return entries.size();
  }

  @Override
  void settle() {}

  @Override
  void drain() {
    entries.values().forEach(entry -> send(entry.key(), entry.combined()));
    entries.clear();
  }
}
