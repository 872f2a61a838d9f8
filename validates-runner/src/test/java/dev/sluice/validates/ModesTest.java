package dev.sluice.validates;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks what the modes need, well before their suites run. */
final class ModesTest {

  @Test
  void everyModeHasATestClassForEachShard() throws ClassNotFoundException {
    for (Mode mode : Mode.all()) {
      for (Shard shard : Shard.values()) {
        String name = capitalized(mode.name()) + capitalized(shard.fileName()) + "Shard";
        Class<?> type = Class.forName(getClass().getPackageName() + "." + name);
        assertEquals(ShardRun.class, type.getSuperclass());
      }
    }
  }

  @Test
  void everyListedTestExists() throws IOException {
    Set<String> names = Discovery.all().stream().map(BeamTest::name).collect(toSet());

    new ApartTests(TestList.read(Path.of("apart.txt"))).requireAmong(names);
    for (Mode mode : Mode.all()) {
      TestList.read(Path.of(mode.exclusionFile())).requireAmong(names);
    }
  }

  private static String capitalized(String words) {
    return Arrays.stream(words.split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(joining());
  }
}
