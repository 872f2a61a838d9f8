package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.EngineOptions;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.rdd.RddException;
import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectedComponentsTest {
  @TempDir Path folder;

  @Test
  void findsTheIslandsOfTheRepositorysRoads() throws IOException {
    Path file = Path.of("examples/data/roads.csv");
    Map<String, SortedSet<String>> found = components(file);
    assertEquals(expected(Files.readAllLines(file)), found);
    assertEquals(
        Set.of("Aberdeen", "Agrigento", "Akureyri", "Belfast", "Chania", "Visby"), found.keySet());
  }

  @Test
  void followsALongRoadAndKeepsCheckpointsOfIt() throws IOException {
    List<String> roads =
        IntStream.range(0, 12).mapToObj(i -> String.format("t%02d,t%02d", i, i + 1)).toList();
    assertEquals(expected(roads), components(write(roads)));
    assertTrue(
        new LocalStore(folder.resolve("checkpoints"))
            .list("rdd/").stream().anyMatch(name -> name.endsWith("/manifest")));
  }

  @Test
  void findsTheComponentsOfRandomGraphs() throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      List<String> roads = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        roads.add("v" + random.nextInt(150) + ",v" + random.nextInt(150));
      }
      assertEquals(expected(roads), components(write(roads)), "seed " + seed);
    }
  }

  @Test
  void findsNothingInAnEmptyFile() throws IOException {
    assertEquals(Map.of(), components(write(List.of())));
  }

  @Test
  void refusesALineThatIsNoRoad() throws IOException {
    Path file = write(List.of("a,b", "c"));
    RddException failure = assertThrows(RddException.class, () -> components(file));
    assertEquals(
        "a line has 1 fields instead of two towns: correct the file",
        failure.getCause().getMessage());
  }

  private Map<String, SortedSet<String>> components(Path file) {
    EngineOptions options =
        new EngineOptions().checkpointStore(new LocalStore(folder.resolve("checkpoints")));
    try (RddContext context = new RddContext(options)) {
      return ConnectedComponents.components(ConnectedComponents.parse(context.textFile(file)));
    }
  }

  private Path write(List<String> roads) throws IOException {
    return Files.write(folder.resolve("roads.csv"), roads);
  }

  /** The components, found by merging sets road by road. */
  private static Map<String, SortedSet<String>> expected(List<String> roads) {
    Map<String, SortedSet<String>> components = new TreeMap<>();
    for (String road : roads) {
      SortedSet<String> merged = new TreeSet<>(List.of(road.split(",")));
      for (String town : List.copyOf(merged)) {
        merged.addAll(components.getOrDefault(town, new TreeSet<>()));
      }
      merged.forEach(town -> components.put(town, merged));
    }
    components.entrySet().removeIf(entry -> !entry.getKey().equals(entry.getValue().first()));
    return components;
  }
}
