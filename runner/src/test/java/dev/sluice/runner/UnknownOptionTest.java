package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** An option that nobody has declared. */
class UnknownOptionTest {

  @Test
  void isRefusedWithTheOptionThatMayBeMeant() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> TestOptions.of("--paralelism=3"));
    assertTrue(thrown.getMessage().contains("paralelism"), thrown::getMessage);
    assertTrue(thrown.getMessage().contains("'parallelism'"), thrown::getMessage);
  }

  @Test
  void isRefusedIfItsValueHasTheWrongType() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> TestOptions.of("--parallelism=many"));
    assertTrue(thrown.getMessage().contains("many"), thrown::getMessage);
  }
}
