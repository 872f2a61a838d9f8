package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TestListTest {

  @Test
  void readsTestsAndTheirTexts() {
    TestList list =
        TestList.parse(
            "list.txt", List.of("# a comment", "", "a.B#c  why not", "a.B#d[0: x]   no"));

    assertEquals(Set.of("a.B#c", "a.B#d[0: x]"), list.tests());
    assertEquals(Optional.of("why not"), list.text("a.B#c"));
    assertEquals(Optional.of("no"), list.text("a.B#d[0: x]"));
    assertEquals(Optional.empty(), list.text("a.B#e"));
  }

  @Test
  void refusesATestWithoutAText() {
    assertRefused("list.txt:1", "a.B#c");
    assertRefused("list.txt:1", "a.B#c  ");
    assertRefused("list.txt:2", "# comment", "  a.B#c  why");
    assertRefused("list.txt:1", "a.B#c  a\ttab");
  }

  @Test
  void refusesTestsOutOfOrderOrTwice() {
    assertRefused("list.txt:2: not sorted after a.B#d", "a.B#d  why", "a.B#c  why");
    assertRefused("list.txt:2: not sorted after a.B#c", "a.B#c  why", "a.B#c  why");
  }

  @Test
  void refusesTestsThatDoNotExist() {
    TestList list = TestList.parse("list.txt", List.of("a.B#c  why", "a.B#d  why"));

    list.requireAmong(Set.of("a.B#c", "a.B#d", "a.B#e"));
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> list.requireAmong(Set.of("a.B#c", "a.B#e")));
    assertEquals("list.txt lists tests that do not exist: [a.B#d]", refusal.getMessage());
  }

  private static void assertRefused(String message, String... lines) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> TestList.parse("list.txt", List.of(lines)));
    assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
  }
}
