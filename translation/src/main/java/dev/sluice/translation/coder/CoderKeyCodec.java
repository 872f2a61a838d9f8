package dev.sluice.translation.coder;

import dev.sluice.engine.codec.KeyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.schemas.SchemaCoder;

/**
 * A deterministic Beam coder as a codec of keys.
 *
 * @param coder the key's coder
 * @param transform full name of the transform that groups, for messages
 * @param comparable whether {@code equals} says which keys are the same: as the coder says, but
 *     never for keys with a schema. Their equality takes the names of fields into account, which
 *     are not encoded, or is missing altogether
 */
public record CoderKeyCodec<K>(Coder<K> coder, String transform, boolean comparable)
    implements KeyCodec<K> {

  /** A codec of the keys that {@code coder} codes. */
  public CoderKeyCodec(Coder<K> coder, String transform) {
    this(coder, transform, isComparable(coder) && !hasSchema(coder));
  }

  @Override
  public boolean consistentWithEquals(K key) {
    return comparable;
  }

  private static boolean isComparable(Coder<?> coder) {
    return coder instanceof KvCoder<?, ?> pair
        ? isComparablePart(pair.getKeyCoder()) && isComparablePart(pair.getValueCoder())
        : coder.consistentWithEquals();
  }

  /** A coder of nothing does not promise it, but one null is as good as another in a pair. */
  private static boolean isComparablePart(Coder<?> coder) {
    return coder instanceof VoidCoder || isComparable(coder);
  }

  private static boolean hasSchema(Coder<?> coder) {
    return coder instanceof SchemaCoder
        || coder.getCoderArguments().stream().anyMatch(CoderKeyCodec::hasSchema);
  }

  @Override
  public void encode(K value, OutputStream out) throws IOException {
    try {
      coder.encode(value, out);
    } catch (IOException | RuntimeException e) {
      throw CoderCodec.failure(
          coder, transform, "encode", "a key of " + CoderCodec.typeOf(value), e);
    }
  }

  @Override
  public K decode(InputStream in) throws IOException {
    try {
      return coder.decode(in);
    } catch (IOException | RuntimeException e) {
      throw CoderCodec.failure(coder, transform, "decode", "a key", e);
    }
  }
}
