package dev.sluice.engine.codec;

import java.util.Objects;

/** Compares values as far as their classes say what it means to be equal. */
public final class Equality {
  private Equality() {}

  /**
   * Whether both are equal, arrays by what is in them, or of one class that does not define {@code
   * equals}.
   */
  public static boolean same(Object a, Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    return Objects.deepEquals(a, b) || (a.getClass() == b.getClass() && !definesEquals(a));
  }

  private static boolean definesEquals(Object value) {
    if (value.getClass().isArray()) {
      return true;
    }
    try {
      return value.getClass().getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every class has equals", e);
    }
  }
}
