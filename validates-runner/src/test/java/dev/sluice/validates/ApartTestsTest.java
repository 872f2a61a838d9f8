package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ApartTestsTest {

  @Test
  void aListedTestHasItsOwnLimitAndShard() {
    ApartTests apart = apart("a.B#c  90 waits");

    assertEquals(Duration.ofSeconds(90), apart.limit(test("c")));
    assertEquals(Duration.ofSeconds(60), apart.limit(test("d")));
    assertEquals(Shard.APART, Shard.of(test("c"), apart));
    assertEquals(Shard.NEEDS_RUNNER, Shard.of(test("d"), apart));
  }

  @Test
  void aListedTestHasToHaveALimit() {
    assertThrows(IllegalArgumentException.class, () -> apart("a.B#c  waits"));
  }

  private static ApartTests apart(String line) {
    return new ApartTests(TestList.parse("apart.txt", List.of(line)));
  }

  private static BeamTest test(String method) {
    return new BeamTest("a.B#" + method, "a.B", Suite.NEEDS_RUNNER, List.of(), List.of());
  }
}
