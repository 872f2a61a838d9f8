package dev.sluice.translation.coder;

import dev.sluice.engine.codec.KeyCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.SchemaCoder;

/**
 * A deterministic Beam coder as a codec of keys.
 *
 * @param coder the key's coder
 * @param transform full name of the transform that groups, for messages
 */
public record CoderKeyCodec<K>(Coder<K> coder, String transform) implements KeyCodec<K> {

  /**
   * As the coder says, but never for keys with a schema: their equality takes the names of fields
   * into account, which are not encoded, or is missing altogether.
   */
  @Override
  public boolean consistentWithEquals(K key) {
    return coder.consistentWithEquals() && !hasSchema(coder);
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
