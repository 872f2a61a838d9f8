package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastWordsTest {
  @TempDir Path folder;

  @Test
  void areTheLastCause() throws IOException {
    assertEquals(
        Optional.of("java.io.IOException: disk full"),
        of(
            "SLF4J: no providers",
            "Exception in thread \"main\" java.lang.RuntimeException: it failed",
            "\tat a.IOException.of(A.java:1)",
            "Caused by: java.lang.IllegalStateException: b",
            "Caused by: java.io.IOException: disk full",
            "\t... 3 more"));
  }

  @Test
  void areTheExceptionIfItHasNoCause() throws IOException {
    assertEquals(
        Optional.of("Exception in thread \"main\" java.lang.RuntimeException: it failed"),
        of("Exception in thread \"main\" java.lang.RuntimeException: it failed", "\tat a.B.c"));
  }

  @Test
  void areNoneWithoutAnException() throws IOException {
    assertEquals(Optional.empty(), of("SLF4J: no providers"));
  }

  private Optional<String> of(String... lines) throws IOException {
    return LastWords.of(Files.write(folder.resolve("errors"), List.of(lines)));
  }
}
