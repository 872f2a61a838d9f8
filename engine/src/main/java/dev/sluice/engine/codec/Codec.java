package dev.sluice.engine.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;

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

  /**
   * What the form of the bytes depends on besides this codec's class: compared before bytes are
   * read that an earlier process has stored. Entries may be added at the end.
   */
  default List<String> layout() {
    return List.of();
  }

  /** Reads one value; throws {@link CodecException} if the bytes are not one. */
  T decode(InputStream in) throws IOException;

  /** What {@link #encode} writes of {@code value}. */
  default byte[] toBytes(T value) throws IOException {
    ByteOutput out = new ByteOutput();
    encode(value, out);
    return out.toByteArray();
  }

  /** What {@link #decode} reads from {@code bytes}. */
  default T fromBytes(byte[] bytes) throws IOException {
    return decode(new ByteInput(bytes));
  }

  /**
   * Whether nobody could tell {@code value} from {@code decoded}, which was written and read by
   * this codec. If somebody could, references of such values are not passed on where a copy might
   * be: what a program sees must not depend on whether its data fit into memory.
   *
   * <p>By default, values whose class does not define {@code equals} are taken to be the same.
   */
  default boolean isFaithful(T value, T decoded) {
    return Equality.same(value, decoded);
  }

  /** What to call {@code value} in a message: its class, never its content. */
  default String typeName(T value) {
    return value == null ? "null" : value.getClass().getName();
  }

  /**
   * Whether {@code value} cannot outlive the call that hands it over, so that it must be copied.
   */
  default boolean mustCopy(T value) {
    return false;
  }
}
