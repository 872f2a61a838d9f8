package dev.sluice.engine.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * Writes values of one type as bytes and reads them back.
 *
 * <p>The bytes delimit themselves: values written one after another are read back one after
 * another. A codec is used by many threads at once.
 */
public interface Codec<T> extends Serializable {

  /**
   * Appends {@code value} to {@code out}.
   *
   * @throws CodecException if the value cannot be encoded; the message names the codec and the
   *     value's class, never its content
   */
  void encode(T value, OutputStream out) throws IOException;

  /** Reads one value; throws {@link CodecException} if the bytes are not one. */
  T decode(InputStream in) throws IOException;
}
