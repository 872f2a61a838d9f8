package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {

  private static final Result RESULT =
      new Result(
          "a.B#c[x]",
          Suite.NEEDS_RUNNER,
          List.of("UsesThis", "UsesThat"),
          Verdict.Kind.IGNORED,
          7,
          "not here",
          "");

  @TempDir private Path folder;

  @Test
  void aResultIsReadAsItWasWritten() {
    assertEquals(RESULT, Result.parse(RESULT.line()));
    Result plain =
        new Result("a.B#d", Suite.VALIDATES_RUNNER, List.of(), Verdict.Kind.PASSED, 0, "", "");
    assertEquals(plain, Result.parse(plain.line()));
    assertThrows(IllegalArgumentException.class, () -> Result.parse("a.B#d\tPASSED"));
  }

  @Test
  void theLastShardWritesTheTable() throws IOException {
    Settings settings = settings("build 1", Optional.empty());

    writeAll(settings, Shard.values().length - 1);
    assertFalse(Files.exists(settings.table()));
    writeAll(settings, Shard.values().length);
    assertTrue(Files.readString(settings.table()).contains("| UsesThat | 3 | 0 | 0 | 0 | 3 |"));
  }

  @Test
  void resultsOfAnotherBuildDoNotCount() throws IOException {
    writeAll(settings("build 1", Optional.empty()), Shard.values().length - 1);
    Settings settings = settings("build 2", Optional.empty());

    Shard last = Shard.NEEDS_RUNNER;
    new Results(settings).write(Mode.AUTO, last, List.of(RESULT));

    assertFalse(Files.exists(settings.table()));
  }

  @Test
  void aSubsetWritesNoTable() throws IOException {
    Settings settings = settings("build 1", Optional.of(Pattern.compile("B#c")));

    writeAll(settings, Shard.values().length);

    assertFalse(Files.exists(settings.table()));
    assertTrue(Files.exists(folder.resolve("suite").resolve("auto-apart.tsv")));
  }

  private static void writeAll(Settings settings, int shards) throws IOException {
    for (Mode mode : Mode.all()) {
      for (Shard shard : List.of(Shard.values()).subList(0, shards)) {
        new Results(settings).write(mode, shard, List.of(RESULT));
      }
    }
  }

  private Settings settings(String build, Optional<Pattern> tests) {
    return new Settings(
        tests,
        Optional.empty(),
        Optional.empty(),
        folder,
        folder.resolve("suite"),
        folder.resolve("docs").resolve("table.md"),
        build);
  }
}
