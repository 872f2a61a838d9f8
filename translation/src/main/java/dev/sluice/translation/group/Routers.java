package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyIdentity;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.Route;
import dev.sluice.engine.plan.Exchange.Router;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.translation.coder.CoderKeyCodec;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** Exchanges that move elements and do not group them. */
public final class Routers {
  private Routers() {}

  /** Elements in turn to all partitions. */
  public static <T> Exchange evenly(Codec<WindowedValue<T>> codec) {
    return new Exchange.Routed<>(new InTurn<>(), codec, Exchange.DEFAULT_PARTITIONS);
  }

  /** Elements, which are pairs, by their keys. */
  public static <K> Exchange byKey(Coder<K> keyCoder, String transform, Codec<?> codec) {
    return byKey(new CoderKeyCodec<>(keyCoder, transform), codec);
  }

  @SuppressWarnings("unchecked")
  private static <K, V> Exchange byKey(CoderKeyCodec<K> keyCodec, Codec<?> codec) {
    return new Exchange.Routed<>(
        new ByKey<K, V>(keyCodec),
        (Codec<WindowedValue<KV<K, V>>>) codec,
        Exchange.DEFAULT_PARTITIONS);
  }

  private record InTurn<T>() implements Router<T> {
    @Override
    public Route<T> open(TaskScope scope, int partitions) {
      // Tasks start at different partitions, lest all first elements meet in one.
      int[] next = {scope.partition() % partitions};
      return element -> {
        int partition = next[0];
        next[0] = (partition + 1) % partitions;
        return partition;
      };
    }
  }

  private record ByKey<K, V>(CoderKeyCodec<K> keyCodec) implements Router<WindowedValue<KV<K, V>>> {
    @Override
    public Route<WindowedValue<KV<K, V>>> open(TaskScope scope, int partitions) {
      return element -> {
        Object identity = KeyIdentity.of(element.getValue().getKey(), keyCodec);
        return KeyIdentity.partition(identity, partitions);
      };
    }
  }
}
