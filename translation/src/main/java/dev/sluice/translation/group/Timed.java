package dev.sluice.translation.group;

import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.InstantCoder;
import org.joda.time.Instant;

/** A value with the timestamp that it lends to its group. */
record Timed<V>(V value, Instant timestamp) {

  /** Timestamp, then value. */
  record TimedCodec<V>(Codec<V> valueCodec) implements Codec<Timed<V>> {
    @Override
    public void encode(Timed<V> timed, OutputStream out) throws IOException {
      InstantCoder.of().encode(timed.timestamp(), out);
      valueCodec.encode(timed.value(), out);
    }

    @Override
    public boolean mustCopy(Timed<V> timed) {
      return valueCodec.mustCopy(timed.value());
    }

    @Override
    public boolean isFaithful(Timed<V> timed, Timed<V> decoded) {
      return valueCodec.isFaithful(timed.value(), decoded.value());
    }

    @Override
    public Timed<V> decode(InputStream in) throws IOException {
      Instant timestamp = InstantCoder.of().decode(in);
      return new Timed<>(valueCodec.decode(in), timestamp);
    }
  }
}
