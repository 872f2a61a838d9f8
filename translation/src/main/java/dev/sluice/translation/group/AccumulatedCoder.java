package dev.sluice.translation.group;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;

/** The accumulator alone. */
final class AccumulatedCoder<AccumT> extends CustomCoder<Accumulated<AccumT>> {
  private static final long serialVersionUID = 1;

  private final Coder<AccumT> coder;

  AccumulatedCoder(Coder<AccumT> coder) {
    this.coder = coder;
  }

  @Override
  public void encode(Accumulated<AccumT> kept, OutputStream out) throws IOException {
    kept.look(
        accumulator -> {
          coder.encode(accumulator, out);
          return null;
        });
  }

  @Override
  public Accumulated<AccumT> decode(InputStream in) throws IOException {
    return new Accumulated<>(coder.decode(in));
  }
}
