package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KeyIdentity;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/** How a context writes values and keys. */
record Codecs(Codec<Object> values, KeyCodec<Object> keys) implements Serializable {
  private static final Set<Class<?>> IMMUTABLE =
      Set.of(
          Boolean.class,
          Byte.class,
          Character.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          String.class,
          BigInteger.class,
          BigDecimal.class);

  /** An object equal to {@code value} that nobody else has, unless its class cannot change. */
  @SuppressWarnings("unchecked")
  <T> T copy(T value) throws IOException {
    if (value == null || IMMUTABLE.contains(value.getClass())) {
      return value;
    }
    return (T) values.fromBytes(values.toBytes(value));
  }

  /** What stands for {@code key} in a hash map. */
  Object identity(Object key) throws IOException {
    return KeyIdentity.of(key, keys);
  }
}
