package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Operator;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.coder.WindowedKeyCodec;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * An exchange with the operator behind it: the plan of a grouping.
 *
 * @param exchange takes windowed pairs
 * @param emit makes windowed pairs of the exchange's groups
 * @param oneWindow whether each pair has to be in one window
 */
public record Grouping(Exchange exchange, Operator<?> emit, boolean oneWindow) {

  private Grouping(Exchange exchange, Operator<?> emit) {
    this(exchange, emit, true);
  }

  /** The plan of a GroupByKey: all values of a key and window in an iterable. */
  public static <K, V> Grouping byKey(
      KvCoder<K, V> coder, WindowingStrategy<?, ?> windowing, Context context) {
    return Windowing.isGathered(windowing, context.streaming())
        ? gathered(new Gathering.OfValues<>(coder.getValueCoder()), coder, windowing, context)
        : of(coder, windowing, new GroupResult.Values<>(), context.transform());
  }

  /** The plan of a Combine whose values are not combined before the exchange. */
  public static <K, InputT, AccumT, OutputT> Grouping combining(
      Combining<InputT, AccumT, OutputT> combining,
      KvCoder<K, InputT> coder,
      WindowingStrategy<?, ?> windowing,
      Context context) {
    return Windowing.isGathered(windowing, context.streaming())
        ? gathered(new Gathering.OfInputs<>(combining), coder, windowing, context)
        : of(coder, windowing, new Combining.OfValues<>(combining), context.transform());
  }

  /** The plan behind a {@link PreCombine}: accumulators of a key and window are merged. */
  public static <K, InputT, AccumT, OutputT> Grouping merging(
      Combining<InputT, AccumT, OutputT> combining,
      Coder<K> keyCoder,
      WindowingStrategy<?, ?> windowing,
      Context context) {
    Coder<AccumT> accumulators = combining.accumulatorCoder();
    return PreCombine.isCounted(windowing, context.streaming())
        ? gathered(
            new Gathering.OfAccumulators<>(combining),
            KvCoder.of(keyCoder, KvCoder.of(VarLongCoder.of(), accumulators)),
            windowing,
            context)
        : of(
            KvCoder.of(keyCoder, accumulators),
            windowing,
            new Combining.OfAccumulators<>(combining),
            context.transform());
  }

  /**
   * What a grouping is made for.
   *
   * @param transform full name, for messages
   */
  public record Context(boolean streaming, SerializablePipelineOptions options, String transform) {}

  /** Each key and window once, of bounded input. */
  private static <K, V, OutputT> Grouping of(
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      GroupResult<V, OutputT> result,
      String transform) {
    int partitions = Exchange.DEFAULT_PARTITIONS;
    KeyCodec<K> keyCodec = new CoderKeyCodec<>(coder.getKeyCoder(), transform);
    if (Windowing.merges(windowing)) {
      return new Grouping(
          byKeyWithWindows(keyCodec, coder, windowing, transform),
          new EmitGroups.Merged<K, V, OutputT>(result, windowing));
    }
    Codec<V> valueCodec = new CoderCodec<>(coder.getValueCoder(), transform);
    if (Windowing.isGlobalOnly(windowing)) {
      return new Grouping(
          new Exchange.Grouped<>(new Selectors.Global<K, V>(), keyCodec, valueCodec, partitions),
          new EmitGroups.Global<K, V, OutputT>(result));
    }
    Coder<BoundedWindow> windowCoder = Windowing.windowCoder(windowing);
    WindowedKeyCodec<K> windowedKey = new WindowedKeyCodec<>(keyCodec, windowCoder);
    if (!Windowing.needsTimestamps(windowing)) {
      return new Grouping(
          new Exchange.Grouped<>(
              new Selectors.ByWindow<K, V>(), windowedKey, valueCodec, partitions),
          new EmitGroups.AtWindowEnd<K, V, OutputT>(result));
    }
    return new Grouping(
        new Exchange.Grouped<>(
            new Selectors.ByWindowTimed<K, V>(),
            windowedKey,
            new Timed.TimedCodec<>(valueCodec),
            partitions),
        new EmitGroups.AtCombinedTime<K, V, OutputT>(result, windowing));
  }

  /** What is gathered of a key and window comes out when a trigger says so. */
  private static <K, V> Grouping gathered(
      Gathering<V, ?, ?> gathering,
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      Context context) {
    String transform = context.transform();
    CoderKeyCodec<K> keyCodec = new CoderKeyCodec<>(coder.getKeyCoder(), transform);
    if (context.streaming() && Windowing.hasOnePane(windowing) && !Windowing.merges(windowing)) {
      return byWindow(gathering, keyCodec, coder.getValueCoder(), windowing, transform);
    }
    return new Grouping(
        byKeyWithWindows(keyCodec, coder, windowing, transform),
        emit(gathering, keyCodec, windowing, context),
        false);
  }

  private static <K, V> Grouping byWindow(
      Gathering<V, ?, ?> gathering,
      CoderKeyCodec<K> keyCodec,
      Coder<V> valueCoder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    WindowedKeyCodec<K> windowedKey =
        new WindowedKeyCodec<>(keyCodec, Windowing.windowCoder(windowing));
    return new Grouping(
        new Exchange.Grouped<>(
            new Selectors.ByWindow<K, V>(),
            windowedKey,
            new CoderCodec<>(valueCoder, transform),
            Exchange.DEFAULT_PARTITIONS),
        new StreamedAtWindowEnd<>(gathering, windowedKey, transform));
  }

  @SuppressWarnings("unchecked")
  private static <K> Operator<?> emit(
      Gathering<?, ?, ?> gathering,
      CoderKeyCodec<K> keyCodec,
      WindowingStrategy<?, ?> windowing,
      Context context) {
    WindowingStrategy<?, BoundedWindow> typed = (WindowingStrategy<?, BoundedWindow>) windowing;
    if (!context.streaming()) {
      return new TriggeredGroups<>(gathering, keyCodec.coder(), typed, context.options());
    }
    return Windowing.hasOnePane(windowing)
        ? new StreamedMerging<>(gathering, keyCodec, windowing, context.transform())
        : new StreamedGroups<>(gathering, keyCodec, typed, context.options());
  }

  private static <K, V> Exchange byKeyWithWindows(
      KeyCodec<K> keyCodec,
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    return new Exchange.Grouped<>(
        new Selectors.ByKey<K, V>(),
        keyCodec,
        CoderCodec.ofElements(coder.getValueCoder(), windowing, transform),
        Exchange.DEFAULT_PARTITIONS);
  }
}
