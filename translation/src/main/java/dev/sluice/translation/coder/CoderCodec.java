package dev.sluice.translation.coder;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.CodecException;
import dev.sluice.engine.codec.Equality;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A Beam coder as a codec.
 *
 * @param coder used in the nested context, so that values delimit themselves
 * @param transform full name of the transform whose elements are coded, for messages
 * @param mayBorrow whether elements may hold values that they do not own
 */
public record CoderCodec<T>(Coder<T> coder, String transform, boolean mayBorrow)
    implements Codec<T> {

  /** A codec that finds out itself what its coder's elements may hold. */
  public CoderCodec(Coder<T> coder, String transform) {
    this(coder, transform, Borrowing.isPossible(coder));
  }

  /**
   * A codec of windowed elements whose bytes are not kept beyond a job: for exchanges and ports.
   */
  public static <T> Codec<WindowedValue<T>> ofElements(
      Coder<T> coder, WindowingStrategy<?, ?> windowing, String transform) {
    return new CoderCodec<>(
        new ElementCoder<>(coder, windowing.getWindowFn().windowCoder()), transform);
  }

  @Override
  public boolean mustCopy(T value) {
    return mayBorrow && Borrowing.isBorrowed(value);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    try {
      coder.encode(value, out);
    } catch (IOException | RuntimeException e) {
      throw failure(coder, transform, "encode", "an element of " + typeOf(value), e);
    }
  }

  @Override
  public T decode(InputStream in) throws IOException {
    try {
      return coder.decode(in);
    } catch (IOException | RuntimeException e) {
      throw failure(coder, transform, "decode", "an element", e);
    }
  }

  @Override
  public boolean isFaithful(T value, T decoded) {
    return same(value, decoded);
  }

  /** Looks into windowed values and pairs, whose own equality is that of their parts. */
  private static boolean same(Object a, Object b) {
    if (a instanceof WindowedValue<?> x && b instanceof WindowedValue<?> y) {
      return same(x.getValue(), y.getValue());
    }
    if (a instanceof KV<?, ?> x && b instanceof KV<?, ?> y) {
      return same(x.getKey(), y.getKey()) && same(x.getValue(), y.getValue());
    }
    return Equality.same(a, b);
  }

  static CodecException failure(
      Coder<?> coder, String transform, String verb, String what, Exception cause) {
    return new CodecException(
        String.format(
            "the coder %s of %s cannot %s %s. Set a coder that can on the transform's output",
            coder, transform, verb, what),
        cause);
  }

  @Override
  public String typeName(T value) {
    return typeOf(value);
  }

  static String typeOf(Object value) {
    if (value instanceof WindowedValue<?> windowed) {
      return typeOf(windowed.getValue());
    }
    if (value instanceof KV<?, ?> pair) {
      return "KV<" + typeOf(pair.getKey()) + ", " + typeOf(pair.getValue()) + ">";
    }
    return value == null ? "null" : value.getClass().getName();
  }
}
