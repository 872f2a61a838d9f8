package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.EncodedSize;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Processor;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.metrics.MetricsScope;
import java.io.IOException;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;

/**
 * Where values are combined before an exchange. It is bounded: when it has many entries, or its
 * accumulators have grown large - each 1,024th is encoded to see - everything in it is sent on.
 */
abstract class PreCombineTable<K, InputT, AccumT>
    implements Processor<WindowedValue<KV<K, InputT>>> {
  private static final int MAX_ENTRIES = 1 << 15;

  /** Encoded bytes that all accumulators may have, as far as samples tell. */
  private static final long MAX_BYTES = 16 << 20;

  private static final int SAMPLE_MASK = 1023;

  private final Combining<InputT, AccumT, ?> combining;
  private final boolean counted;
  private final Output<WindowedValue<KV<K, Object>>> output;
  private final MetricsScope metrics;
  private final Codec<AccumT> accumulatorCodec;
  private long added;

  PreCombineTable(PreCombine<K, InputT, AccumT> operator, OperatorContext context) {
    this.combining = operator.combining();
    this.counted = operator.counted();
    this.accumulatorCodec = new CoderCodec<>(combining.accumulatorCoder(), operator.transform());
    this.output = context.output(0);
    this.metrics = MetricsScope.of(context.scope(), operator.transform());
  }

  /** Adds an element; the result is what it was combined into, or null if it waits. */
  abstract PreCombined<InputT, AccumT> add(WindowedValue<KV<K, InputT>> element) throws Exception;

  /** How many entries there are, each an accumulator or an element. */
  abstract int size();

  /** Combines what waits to be combined. */
  abstract void settle() throws Exception;

  /** Hands everything to {@link #send}, and is empty then. */
  abstract void drain();

  @Override
  public final void process(WindowedValue<KV<K, InputT>> element) throws Exception {
    boolean full;
    MetricsContainer previous = metrics.enter();
    try {
      PreCombined<InputT, AccumT> grown = add(element);
      full =
          size() >= MAX_ENTRIES
              || (grown != null && (++added & SAMPLE_MASK) == 0 && isLarge(grown));
    } finally {
      metrics.exit(previous);
    }
    if (full) {
      flush();
    }
  }

  /** Whether all accumulators together are too large if they are like this one. */
  private boolean isLarge(PreCombined<InputT, AccumT> entry) throws IOException {
    return EncodedSize.of(accumulatorCodec, entry.accumulator()) * size() > MAX_BYTES;
  }

  @Override
  public final void finishBundle() throws Exception {
    flush();
  }

  private void flush() throws Exception {
    MetricsContainer previous = metrics.enter();
    try {
      settle();
    } finally {
      metrics.exit(previous);
    }
    drain();
  }

  /** Sends what has come for a key and window. */
  final void send(K key, PreCombined<InputT, AccumT> entry) {
    AccumT accumulator = compacted(entry.accumulator());
    output.emit(
        WindowedValues.of(
            KV.of(key, counted ? KV.of(entry.elements(), accumulator) : accumulator),
            entry.timestamp(),
            entry.window(),
            PaneInfo.NO_FIRING));
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
