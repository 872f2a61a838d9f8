package dev.sluice.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.storage.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records of datasets in files that outlive their context. */
@Timeout(120)
class RddFilesTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 20).boxed().toList();
  private static final String FOLDER = "data/7/";

  @TempDir Path temp;

  private LocalStore store;
  private RddContext context;

  @BeforeEach
  void open() {
    store = new LocalStore(temp);
    context =
        new RddContext(
            new EngineOptions().workers(1).jobOptions(JobOptions.DEFAULTS.withMaxTaskAttempts(1)));
  }

  @AfterEach
  void close() {
    context.close();
  }

  private List<Integer> read() {
    try {
      return new RddFiles(context, store).<Integer>read(FOLDER).rdd().collect();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() throws IOException {
    try (RddContext other = new RddContext(new EngineOptions().workers(2))) {
      new RddFiles(other, store).write(other.parallelize(NUMBERS, 2), FOLDER);
    }
  }

  @Test
  void areReadByAnotherContext() throws IOException {
    write();
    assertEquals(NUMBERS, read());
  }

  @Test
  void cannotBeReadOnceTheyAreReleased() throws IOException {
    write();
    Held<Integer> held = new RddFiles(context, store).read(FOLDER);
    held.release("given up");
    assertEquals(
        "given up",
        assertThrows(DatasetReleasedException.class, () -> held.rdd().collect()).getMessage());
  }

  @Test
  void tellWhichOfThemIsDamaged() throws IOException {
    write();
    for (String name : store.list(FOLDER)) {
      Path file = temp.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at++) {
        byte[] changed = whole.clone();
        changed[at] ^= 0x41;
        Files.write(file, changed);
        assertDamaged(name, "changed at " + at);
        Files.write(file, Arrays.copyOf(whole, at));
        assertDamaged(name, "cut at " + at);
      }
      Files.write(file, whole);
    }
    assertEquals(NUMBERS, read());
  }

  private void assertDamaged(String name, String how) {
    RuntimeException e = assertThrows(RuntimeException.class, this::read, () -> name + " " + how);
    assertTrue(e.getMessage().contains("checkpoint " + name), e::toString);
  }

  @Test
  void areWrittenAsLinesByPartition() throws IOException {
    List<String> names =
        RddFiles.writeLines(context.parallelize(List.of("a", "b", "c"), 4), store, "lines/x");
    assertEquals(4, names.size());
    assertEquals(1, names.stream().filter(String::isEmpty).count());
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      if (!name.isEmpty()) {
        lines.append(Files.readString(temp.resolve(name)));
      }
    }
    assertEquals("a\nb\nc\n", lines.toString());
  }
}
