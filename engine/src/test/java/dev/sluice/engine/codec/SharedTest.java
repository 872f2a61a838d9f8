package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {
  private final Shared shared = new Shared();

  /** Each two of these are as likely to share a place as any. */
  private static List<String> values(int count) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add("value " + i);
    }
    return values;
  }

  @Test
  void equalValuesAreKeptOnce() {
    for (String value : values(10_000)) {
      String first = shared.of(new String(value));
      assertSame(first, shared.of(new String(value)));
      assertEquals(value, first);
    }
  }

  @Test
  void twoValuesThatTakeTurnsAreBothKept() {
    List<String> values = values(200);
    for (String a : values) {
      for (String b : values) {
        String firstA = shared.of(a);
        String firstB = shared.of(b);
        assertSame(firstA, shared.of(new String(a)), () -> a + " and " + b);
        assertSame(firstB, shared.of(new String(b)), () -> a + " and " + b);
      }
    }
  }
}
