package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import dev.sluice.translation.coder.CoderCodec;
import dev.sluice.translation.coder.CoderFingerprint;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.KV;

/**
 * What is kept of the elements of a key and window.
 *
 * @param <V> what comes
 * @param <S> what is kept; it is never changed, since an attempt that fails leaves it for the next
 */
interface Gathering<V, S, OutputT> extends Serializable {

  /** What is kept before anything has come. */
  S nothing();

  /** What is kept once {@code values} have come behind {@code before}. */
  S add(S before, Iterable<V> values);

  /** What is kept of all {@code parts} together, of which there is one at least. */
  S merge(List<S> parts);

  /** What it comes to at the end. */
  OutputT result(S kept);

  /** How many elements {@code values} stand for. */
  long elements(Iterable<V> values);

  /** How what is kept is written. */
  Coder<S> coder();

  /** The same as a codec; {@code transform} is for messages. */
  default Codec<S> codec(String transform) {
    return new CoderCodec<>(coder(), transform);
  }

  /** What its bytes look like. */
  String fingerprint();

  /** Keeps all values. */
  record OfValues<V>(Coder<V> valueCoder) implements Gathering<V, Appended<V>, Iterable<V>> {
    @Override
    public Appended<V> nothing() {
      return Appended.none();
    }

    @Override
    public Appended<V> add(Appended<V> before, Iterable<V> values) {
      return Appended.to(before, values);
    }

    @Override
    public Appended<V> merge(List<Appended<V>> parts) {
      Appended<V> all = parts.get(0);
      for (Appended<V> part : parts.subList(1, parts.size())) {
        all = Appended.to(all, part.toList());
      }
      return all;
    }

    @Override
    public Iterable<V> result(Appended<V> kept) {
      return kept.toList();
    }

    @Override
    public long elements(Iterable<V> values) {
      return count(values);
    }

    @Override
    public Coder<Appended<V>> coder() {
      return new AppendedCoder<>(valueCoder);
    }

    @Override
    public String fingerprint() {
      return CoderFingerprint.of(valueCoder);
    }
  }

  /** Keeps an accumulator. */
  interface Combined<V, AccumT, OutputT> extends Gathering<V, Accumulated<AccumT>, OutputT> {
    Combining<?, AccumT, OutputT> combining();

    @Override
    default Accumulated<AccumT> nothing() {
      return new Accumulated<>(combining().create());
    }

    @Override
    default Accumulated<AccumT> merge(List<Accumulated<AccumT>> parts) {
      AccumT merged = combining().create();
      for (Accumulated<AccumT> part : parts) {
        AccumT own = merged;
        merged = part.look(kept -> combining().mergeInto(own, kept));
      }
      return new Accumulated<>(merged);
    }

    @Override
    default OutputT result(Accumulated<AccumT> kept) {
      return kept.look(combining()::extract);
    }

    @Override
    default Coder<Accumulated<AccumT>> coder() {
      return new AccumulatedCoder<>(combining().accumulatorCoder());
    }

    @Override
    default String fingerprint() {
      return CoderFingerprint.of(combining().accumulatorCoder());
    }
  }

  /** Merges accumulators, each of which comes with the number of its elements. */
  record OfAccumulators<InputT, AccumT, OutputT>(Combining<InputT, AccumT, OutputT> combining)
      implements Combined<KV<Long, AccumT>, AccumT, OutputT> {
    @Override
    public Accumulated<AccumT> add(Accumulated<AccumT> before, Iterable<KV<Long, AccumT>> values) {
      Iterable<AccumT> added = Lazy.map(values, KV::getValue);
      return before.look(each -> new Accumulated<>(combining.merge(Lazy.behind(each, added))));
    }

    @Override
    public long elements(Iterable<KV<Long, AccumT>> values) {
      long elements = 0;
      for (KV<Long, AccumT> each : values) {
        elements += each.getKey();
      }
      return elements;
    }
  }

  /** Combines values as they come. */
  record OfInputs<InputT, AccumT, OutputT>(Combining<InputT, AccumT, OutputT> combining)
      implements Combined<InputT, AccumT, OutputT> {
    @Override
    public Accumulated<AccumT> add(Accumulated<AccumT> before, Iterable<InputT> values) {
      AccumT added = combining.create();
      for (InputT value : values) {
        added = combining.add(added, value);
      }
      AccumT more = added;
      return before.look(each -> new Accumulated<>(combining.merge(Arrays.asList(each, more))));
    }

    @Override
    public long elements(Iterable<InputT> values) {
      return count(values);
    }
  }

  private static long count(Iterable<?> values) {
    long count = 0;
    for (Object ignored : values) {
      count++;
    }
    return count;
  }
}
