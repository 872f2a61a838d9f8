package dev.sluice.translation.group;

import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorContext;
import dev.sluice.engine.plan.Processor;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * Combines the values of each key and window before the exchange, so that one accumulator crosses
 * it instead of all values. Input elements are in one window.
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

  /** Whether values may be combined in part under {@code windowing}. */
  public static boolean appliesTo(WindowingStrategy<?, ?> windowing, boolean streaming) {
    // Other windows that merge may come to something else if some of them are merged before.
    if (Windowing.merges(windowing) && !(windowing.getWindowFn() instanceof Sessions)) {
      return false;
    }
    return (!streaming && Windowing.hasDefaultTrigger(windowing))
        || (!Windowing.needsTimestamps(windowing) && Windowing.staysOpen(windowing));
  }

  /**
   * Whether what comes out has to say how many elements it stands for: to triggers that count, and
   * to those who count what is late.
   */
  public static boolean isCounted(WindowingStrategy<?, ?> windowing, boolean streaming) {
    return Windowing.isGathered(windowing, streaming);
  }

  @Override
  public Processor<WindowedValue<KV<K, InputT>>> open(OperatorContext context) {
    return Windowing.merges(windowing)
        ? new MergingTable<>(this, context)
        : new WindowTable<>(this, context);
  }
}
