package dev.sluice.translation.dofn;

import dev.sluice.engine.codec.Codec;
import dev.sluice.translation.coder.CoderFingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.values.WindowedValue;

/** Writes what is left of the elements of a splittable DoFn. */
public record ResidualCodec<InputT, RestrictionT, StateT>(
    Coder<WindowedValue<InputT>> elements, Coder<RestrictionT> restrictions, Coder<StateT> states)
    implements Codec<Object> {

  /** A codec that takes the state of estimators which have none, too. */
  public static <InputT, RestrictionT, StateT> ResidualCodec<InputT, RestrictionT, StateT> of(
      Coder<WindowedValue<InputT>> elements,
      Coder<RestrictionT> restrictions,
      Coder<StateT> states) {
    return new ResidualCodec<>(elements, NullableCoder.of(restrictions), NullableCoder.of(states));
  }

  @Override
  @SuppressWarnings("unchecked")
  public void encode(Object value, OutputStream out) throws IOException {
    Residual<InputT, RestrictionT, StateT> residual =
        (Residual<InputT, RestrictionT, StateT>) value;
    elements.encode(residual.element(), out);
    restrictions.encode(residual.restriction(), out);
    states.encode(residual.estimatorState(), out);
    BooleanCoder.of().encode(residual.truncated(), out);
  }

  @Override
  public Object decode(InputStream in) throws IOException {
    return new Residual<>(
        elements.decode(in),
        restrictions.decode(in),
        states.decode(in),
        BooleanCoder.of().decode(in));
  }

  String fingerprint() {
    return "residuals "
        + CoderFingerprint.of(elements)
        + " "
        + CoderFingerprint.of(restrictions)
        + " "
        + CoderFingerprint.of(states);
  }
}
