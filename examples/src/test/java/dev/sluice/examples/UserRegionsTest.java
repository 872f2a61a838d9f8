package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRegionsTest {
  @TempDir Path folder;

  @Test
  void addsUpTheSecondsOfEachRegion() throws IOException {
    UserRegions.run(new String[] {"--totals=" + folder.resolve("totals.csv")});
    Map<String, Long> expected = new TreeMap<>();
    Map<String, String> regions = new HashMap<>();
    for (String[] user : rows("examples/data/users.csv")) {
      regions.put(user[0], user[1]);
    }
    for (String[] view : rows("examples/data/page-views.csv")) {
      String region = regions.containsKey(view[1]) ? regions.get(view[1]) : "unknown";
      expected.merge(region, Long.parseLong(view[3]), Long::sum);
    }
    assertEquals(5, expected.size());
    assertEquals(expected, totals());
  }

  @Test
  void countsUsersWhoAreNotInTheTableAsUnknown() throws IOException {
    run("user,region\nann,north\n", "time,user,page,seconds\nt,ann,/,3\nt,bob,/,4\nt,ann,/,5\n");
    assertEquals(Map.of("north", 8L, "unknown", 4L), totals());
  }

  @Test
  void worksWithoutUsersAndWithoutViews() throws IOException {
    run("user,region\n", "time,user,page,seconds\nt,ann,/,3\n");
    assertEquals(Map.of("unknown", 3L), totals());
    run("user,region\nann,north\n", "time,user,page,seconds\n");
    assertEquals(Map.of(), totals());
  }

  @Test
  void failsOnALineOfTheWrongLengthAndWritesNothing() {
    PipelineExecutionException failure =
        assertThrows(
            PipelineExecutionException.class,
            () -> run("user,region\nann,north\n", "time,user,page,seconds\nt,ann,3\n"));
    Throwable cause = assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    assertEquals(
        "a line has 3 fields, but the columns are time,user,page,seconds: correct the file",
        cause.getMessage());
    assertFalse(Files.exists(folder.resolve("totals.csv")));
  }

  @Test
  void saysWhichInputIsMissing() {
    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> UserRegions.run(new String[] {"--users=nobody.csv", "--totals=" + folder}));
    assertTrue(refused.getMessage().startsWith("--users=nobody.csv "), refused.getMessage());
  }

  private void run(String users, String views) throws IOException {
    UserRegions.run(
        new String[] {
          "--users=" + Files.writeString(folder.resolve("users.csv"), users),
          "--views=" + Files.writeString(folder.resolve("views.csv"), views),
          "--totals=" + folder.resolve("totals.csv")
        });
  }

  private Map<String, Long> totals() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("totals.csv"));
    assertEquals("region,seconds", lines.get(0));
    Map<String, Long> totals = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      assertEquals(null, totals.put(fields[0], Long.valueOf(fields[1])), line);
    }
    return totals;
  }

  private static List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }
}
