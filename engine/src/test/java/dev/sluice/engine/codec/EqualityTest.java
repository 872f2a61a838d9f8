package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as the same value. */
class EqualityTest {
  private static class Plain {}

  private static final class Special extends Plain {}

  @Test
  void isThatOfTheClassIfItHasOne() {
    assertTrue(Equality.same("a", String.valueOf("a".toCharArray())));
    assertFalse(Equality.same("a", "b"));
    assertFalse(Equality.same(1, 1L));
    assertTrue(Equality.same(List.of(1), new ArrayList<>(List.of(1))));
  }

  @Test
  void isThatOfTheContentForArrays() {
    assertTrue(Equality.same(new int[] {1, 2}, new int[] {1, 2}));
    assertFalse(Equality.same(new int[] {1, 2}, new int[] {1, 3}));
    assertFalse(Equality.same(new int[] {1}, new long[] {1}));
    assertTrue(
        Equality.same(new Object[] {"a", new byte[] {1}}, new Object[] {"a", new byte[] {1}}));
    assertFalse(
        Equality.same(new Object[] {"a", new byte[] {1}}, new Object[] {"a", new byte[] {2}}));
  }

  @Test
  void isTakenForGrantedIfTheClassDoesNotDefineIt() {
    assertTrue(Equality.same(new Plain(), new Plain()));
    assertFalse(Equality.same(new Plain(), new Special()));
    assertFalse(Equality.same(List.of(new Plain()), List.of(new Plain())));
  }

  @Test
  void holdsBetweenNullsOnly() {
    assertTrue(Equality.same(null, null));
    assertFalse(Equality.same(null, new Plain()));
    assertFalse(Equality.same(new Plain(), null));
  }
}
