package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Operator;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.coder.CoderFingerprint;
import dev.sluice.translation.coder.CoderKeyCodec;
import dev.sluice.translation.coder.WindowedKeyCodec;
import org.apache.beam.runners.core.SystemReduceFn;
import org.apache.beam.runners.core.construction.SerializablePipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.AppliedCombineFn;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
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
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    if (!Windowing.hasDefaultTrigger(windowing)) {
      return triggered(
          SystemReduceFn.buffering(coder.getValueCoder()), coder, windowing, options, transform);
    }
    return of(
        new CoderKeyCodec<>(coder.getKeyCoder(), transform),
        coder.getValueCoder(),
        windowing,
        new GroupResult.Values<>(),
        transform);
  }

  /** The plan of a Combine whose values are not combined before the exchange. */
  public static <K, InputT, AccumT, OutputT> Grouping combining(
      Combining<InputT, AccumT, OutputT> combining,
      KvCoder<K, InputT> coder,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    if (!Windowing.hasDefaultTrigger(windowing)) {
      AppliedCombineFn<K, InputT, AccumT, OutputT> fn =
          AppliedCombineFn.withAccumulatorCoder(combining.fn(), combining.accumulatorCoder());
      return triggered(
          SystemReduceFn.combining(coder.getKeyCoder(), fn), coder, windowing, options, transform);
    }
    return of(
        new CoderKeyCodec<>(coder.getKeyCoder(), transform),
        coder.getValueCoder(),
        windowing,
        new Combining.OfValues<>(combining),
        transform);
  }

  /** The plan behind a {@link PreCombine}: accumulators of a key and window are merged. */
  public static <K, InputT, AccumT, OutputT> Grouping merging(
      Combining<InputT, AccumT, OutputT> combining,
      Coder<K> keyCoder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    return of(
        new CoderKeyCodec<>(keyCoder, transform),
        combining.accumulatorCoder(),
        windowing,
        new Combining.OfAccumulators<>(combining),
        transform);
  }

  private static <K, V, OutputT> Grouping of(
      KeyCodec<K> keyCodec,
      Coder<V> valueCoder,
      WindowingStrategy<?, ?> windowing,
      GroupResult<V, OutputT> result,
      String transform) {
    int partitions = Exchange.DEFAULT_PARTITIONS;
    Codec<V> valueCodec = new CoderCodec<>(valueCoder, transform);
    if (Windowing.merges(windowing)) {
      return new Grouping(
          new Exchange.Grouped<>(
              new Selectors.ByKey<K, V>(),
              keyCodec,
              new CoderCodec<>(windowed(valueCoder, windowing), transform),
              partitions),
          new EmitGroups.Merged<K, V, OutputT>(result, windowing));
    }
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

  /** The plan behind a counting {@link PreCombine}, one result for each key and window. */
  public static <K, InputT, AccumT, OutputT> Grouping streamMerging(
      Combining<InputT, AccumT, OutputT> combining,
      Coder<K> keyCoder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    return streamedByWindow(
        new Gathering.OfAccumulators<>(combining),
        keyCoder,
        KvCoder.of(VarLongCoder.of(), combining.accumulatorCoder()),
        windowing,
        transform);
  }

  private static <K, V> Grouping streamedByWindow(
      Gathering<V, ?, ?> gathering,
      Coder<K> keyCoder,
      Coder<V> valueCoder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    WindowedKeyCodec<K> keyCodec =
        new WindowedKeyCodec<>(
            new CoderKeyCodec<>(keyCoder, transform), Windowing.windowCoder(windowing));
    return new Grouping(
        new Exchange.Grouped<>(
            new Selectors.ByWindow<K, V>(),
            keyCodec,
            new CoderCodec<>(valueCoder, transform),
            Exchange.DEFAULT_PARTITIONS),
        new StreamedAtWindowEnd<>(gathering, keyCodec, transform));
  }

  private static <K, V> Grouping streamedMerging(
      Gathering<V, ?, ?> gathering,
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    CoderKeyCodec<K> keyCodec = new CoderKeyCodec<>(coder.getKeyCoder(), transform);
    return new Grouping(
        byKeyWithWindows(keyCodec, coder, windowing, transform),
        new StreamedMerging<>(gathering, keyCodec, windowing, transform),
        false);
  }

  /** The plan of a GroupByKey of a stream. */
  public static <K, V> Grouping streamByKey(
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    if (Windowing.hasOnePane(windowing)) {
      Gathering<V, ?, ?> gathering = new Gathering.OfValues<>(coder.getValueCoder());
      return Windowing.merges(windowing)
          ? streamedMerging(gathering, coder, windowing, transform)
          : streamedByWindow(
              gathering, coder.getKeyCoder(), coder.getValueCoder(), windowing, transform);
    }
    return streamed(
        SystemReduceFn.buffering(coder.getValueCoder()),
        coder,
        coder.getValueCoder(),
        windowing,
        options,
        transform);
  }

  /** The plan of a Combine of a stream whose values are not combined before the exchange. */
  public static <K, InputT, AccumT, OutputT> Grouping streamCombining(
      Combining<InputT, AccumT, OutputT> combining,
      KvCoder<K, InputT> coder,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    if (Windowing.hasOnePane(windowing)) {
      return streamedMerging(new Gathering.OfInputs<>(combining), coder, windowing, transform);
    }
    AppliedCombineFn<K, InputT, AccumT, OutputT> fn =
        AppliedCombineFn.withAccumulatorCoder(combining.fn(), combining.accumulatorCoder());
    return streamed(
        SystemReduceFn.combining(coder.getKeyCoder(), fn),
        coder,
        combining.accumulatorCoder(),
        windowing,
        options,
        transform);
  }

  @SuppressWarnings("unchecked")
  private static <K, InputT, OutputT> Grouping streamed(
      SystemReduceFn<K, InputT, ?, OutputT, BoundedWindow> reduceFn,
      KvCoder<K, InputT> coder,
      Coder<?> contents,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    CoderKeyCodec<K> keyCodec = new CoderKeyCodec<>(coder.getKeyCoder(), transform);
    return new Grouping(
        byKeyWithWindows(keyCodec, coder, windowing, transform),
        new StreamedGroups<>(
            reduceFn,
            keyCodec,
            (WindowingStrategy<?, BoundedWindow>) windowing,
            options,
            CoderFingerprint.of(contents)),
        false);
  }

  private static <K, V> Exchange byKeyWithWindows(
      KeyCodec<K> keyCodec,
      KvCoder<K, V> coder,
      WindowingStrategy<?, ?> windowing,
      String transform) {
    return new Exchange.Grouped<>(
        new Selectors.ByKey<K, V>(),
        keyCodec,
        new CoderCodec<>(windowed(coder.getValueCoder(), windowing), transform),
        Exchange.DEFAULT_PARTITIONS);
  }

  private static <K, InputT, OutputT> Grouping triggered(
      SystemReduceFn<K, InputT, ?, OutputT, BoundedWindow> reduceFn,
      KvCoder<K, InputT> coder,
      WindowingStrategy<?, ?> windowing,
      SerializablePipelineOptions options,
      String transform) {
    @SuppressWarnings("unchecked")
    WindowingStrategy<?, BoundedWindow> typed = (WindowingStrategy<?, BoundedWindow>) windowing;
    return new Grouping(
        byKeyWithWindows(
            new CoderKeyCodec<>(coder.getKeyCoder(), transform), coder, windowing, transform),
        new TriggeredGroups<>(reduceFn, typed, options));
  }

  private static <V> Coder<WindowedValue<V>> windowed(
      Coder<V> valueCoder, WindowingStrategy<?, ?> windowing) {
    return WindowedValues.getFullCoder(valueCoder, windowing.getWindowFn().windowCoder());
  }
}
