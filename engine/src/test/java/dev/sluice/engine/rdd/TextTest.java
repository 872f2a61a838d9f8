package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextTest {
  private static final Engine SEEDED = new Engine("seed 1", 1);

  @TempDir Path folder;

  @Test
  void readsEachLineOnceHoweverTheFileIsSplit() throws IOException {
    Map<String, List<String>> texts =
        Map.of(
            "", List.of(),
            "\n", List.of(""),
            "a", List.of("a"),
            "a\n", List.of("a"),
            "a\nbb\n\nccc", List.of("a", "bb", "", "ccc"),
            "\n\n\n", List.of("", "", ""),
            "ä€\r\nb\rc\r\n\r\n", List.of("ä€", "b\rc", ""),
            "x\r", List.of("x"));
    for (String text : texts.keySet()) {
      Path file = Files.writeString(folder.resolve("text"), text);
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      try (RddContext context = SEEDED.open()) {
        for (int splitBytes = 1; splitBytes <= length + 1; splitBytes++) {
          Rdd<String> rdd = context.textFile(file.toString(), splitBytes);
          assertEquals(texts.get(text), rdd.collect(), "splits of " + splitBytes);
        }
        assertEquals(texts.get(text), context.textFile(file).collect());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void readsLongLinesAndManySplits(Engine engine) throws IOException {
    Random random = new Random(5);
    List<String> lines =
        Stream.generate(() -> "é".repeat(random.nextInt(20) == 0 ? 50_000 : random.nextInt(90)))
            .limit(300)
            .toList();
    Path file = Files.write(folder.resolve("text"), lines);
    try (RddContext context = engine.open()) {
      for (int splitBytes : List.of(10_000, 65_536, 100_001, 10_000_000)) {
        Rdd<String> rdd = context.textFile(file.toString(), splitBytes);
        assertEquals(lines, rdd.collect(), "splits of " + splitBytes);
      }
    }
  }

  @Test
  void readsFoldersAndPatternsInOrderOfNames() throws IOException {
    Files.createDirectories(folder.resolve("in/sub"));
    Files.writeString(folder.resolve("in/b.txt"), "b");
    Files.writeString(folder.resolve("in/a.txt"), "a1\na2\n");
    Files.writeString(folder.resolve("in/c.log"), "c");
    Files.writeString(folder.resolve("in/_SUCCESS"), "no data");
    Files.writeString(folder.resolve("in/sub/d.txt"), "d");
    try (RddContext context = SEEDED.open()) {
      assertEquals(List.of("a1", "a2", "b", "c"), context.textFile(folder.resolve("in")).collect());
      assertEquals(List.of("a1", "a2", "b"), context.textFile(folder + "/in/*.txt").collect());
      assertEquals(List.of("b", "c"), context.textFile(folder + "/in/{b,c}.*").collect());
      assertEquals(List.of("d"), context.textFile(folder + "/in/*/*.txt").collect());
      assertEquals(List.of("d"), context.textFile(folder + "/in/**/*.txt").collect());
    }
  }

  @Test
  void namesAMissingInput() {
    try (RddContext context = SEEDED.open()) {
      Path missing = folder.resolve("missing.txt");
      RddException e = assertThrows(RddException.class, context.textFile(missing)::count);
      assertInstanceOf(NoSuchFileException.class, e.getCause());
      assertEquals("textFile#1", e.operator());
      assertTrue(e.getMessage().contains(missing.toString()), e.getMessage());
      assertTrue(e.getMessage().contains("check the path"), e.getMessage());
      String pattern = folder + "/*.missing";
      e = assertThrows(RddException.class, context.textFile(pattern)::count);
      assertTrue(e.getMessage().contains(pattern), e.getMessage());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void savesAFileForEachPartition(Engine engine) throws IOException {
    try (RddContext context = engine.open()) {
      Path out = folder.resolve("new/out");
      context.parallelize(List.of(1, 2, 3, 4, 5), 3).filter(n -> n != 1).saveAsText(out);
      assertEquals(List.of("_SUCCESS", "part-00000", "part-00001", "part-00002"), children(out));
      assertEquals("", Files.readString(out.resolve("part-00000")));
      assertEquals("2\n3\n", Files.readString(out.resolve("part-00001")));
      assertEquals(List.of("2", "3", "4", "5"), context.textFile(out).collect());
      RddException e =
          assertThrows(RddException.class, () -> context.parallelize(List.of(1)).saveAsText(out));
      assertInstanceOf(FileAlreadyExistsException.class, e.getCause());
      assertEquals(4, children(out).size());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void leavesNothingWhenSavingFails(Engine engine) throws IOException {
    try (RddContext context = engine.open()) {
      Rdd<Integer> broken =
          context
              .parallelize(List.of(1, 2, 3, 4, 5), 3)
              .filter(
                  n -> {
                    if (n == 5) {
                      throw new IllegalStateException("always");
                    }
                    return true;
                  });
      assertThrows(RddException.class, () -> broken.saveAsText(folder.resolve("a/b/out")));
      assertEquals(List.of(), children(folder));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.rdd.Engine#all")
  void savesNothingOfFailedAttempts(Engine engine) throws IOException {
    try (RddContext context = engine.open()) {
      AtomicBoolean failed = new AtomicBoolean();
      Path out = folder.resolve("out");
      context
          .parallelize(List.of(1, 2, 3, 4, 5), 2)
          .filter(
              n -> {
                if (n == 5 && !failed.getAndSet(true)) {
                  throw new IllegalStateException("once");
                }
                return true;
              })
          .saveAsText(out);
      assertEquals(List.of("_SUCCESS", "part-00000", "part-00001"), children(out));
      assertEquals("3\n4\n5\n", Files.readString(out.resolve("part-00001")));
      assertFalse(Files.exists(out.resolve("_temporary")));
    }
  }

  private static List<String> children(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
