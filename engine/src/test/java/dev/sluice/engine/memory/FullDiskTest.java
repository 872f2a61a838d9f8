package dev.sluice.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.exchange.ExchangeWriter;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Exchange.Grouped;
import dev.sluice.engine.plan.Exchange.KeySelector;
import dev.sluice.engine.plan.TaskScope;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grouped exchange that spills to a disk which takes no more: {@code /dev/full}. */
class FullDiskTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir private Path folder;
  private final MemoryBudget budget = new MemoryBudget(64 << 10);

  @BeforeEach
  void needsTheDevice() {
    assumeTrue(Files.isWritable(FULL), "this system has no /dev/full");
  }

  @Test
  void failsTheWriterWithTheFolderAndTheOptionToChange() throws IOException {
    try (TempFiles files = files(0)) {
      ExchangeWriter writer = exchange(files).writer(new Attempt());
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> write(writer, 10_000));
      assertTellsWhere(thrown.getCause());
      writer.abandoned().discard();
    }
  }

  @Test
  void leavesNoFileAndNoMemoryBehind() throws IOException {
    try (TempFiles files = files(3)) {
      ExchangeWriter writer = exchange(files).writer(new Attempt());
      assertThrows(UncheckedIOException.class, () -> write(writer, 10_000));
      assertEquals(3, files().size(), "the runs from before the disk was full");
      assertTrue(files.usedBytes() > 0);
      writer.abandoned().discard();
      assertEquals(List.of(), files());
      assertEquals(0, files.usedBytes());
      assertEquals(0, budget.usedBytes());
    }
    assertEquals(List.of(), below(folder));
  }

  @Test
  void failsAWriterThatMakesOthersSpill() throws IOException {
    try (TempFiles files = files(0)) {
      ExchangeBuffer buffer = exchange(files);
      // Fits into the budget, and is published without a file.
      ExchangeWriter first = buffer.writer(new Attempt());
      write(first, 100);
      buffer.publish(0, 0, first.finish());
      ExchangeWriter second = buffer.writer(new Attempt());
      UncheckedIOException thrown =
          assertThrows(UncheckedIOException.class, () -> write(second, 10_000));
      assertTellsWhere(thrown.getCause());
      second.abandoned().discard();
      buffer.close();
      assertEquals(List.of(), files());
      assertEquals(0, budget.usedBytes());
    }
  }

  private void assertTellsWhere(IOException thrown) {
    assertEquals(SpillException.class, thrown.getClass());
    String message = thrown.getMessage();
    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains("tempFolder"), message);
    assertTrue(message.contains("No space left on device"), message);
    assertFalse(message.contains("secret"), message);
  }

  private static void write(ExchangeWriter writer, int records) {
    for (int i = 0; i < records; i++) {
      writer.emit("secret " + i);
    }
  }

  /** Temporary files the first {@code good} of which can be written to. */
  private TempFiles files(int good) {
    AtomicInteger opened = new AtomicInteger();
    return new TempFiles(
        folder,
        path -> {
          Files.createFile(path);
          Path target = opened.getAndIncrement() < good ? path : FULL;
          return new RandomAccessFile(target.toFile(), "rw");
        });
  }

  private ExchangeBuffer exchange(TempFiles files) {
    Exchange grouped = new Grouped<>(new Whole(), new TextCodec(), new TextCodec(), 4);
    return new ExchangeBuffer(grouped, 4, true, budget, files);
  }

  private List<Path> files() throws IOException {
    return below(folder).stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder)).toList();
    }
  }

  /** Each record is its own key and value. */
  private record Whole() implements KeySelector<String, String, String> {
    @Override
    public String key(String record) {
      return record;
    }

    @Override
    public String value(String record) {
      return record;
    }
  }

  private record TextCodec() implements KeyCodec<String> {
    @Override
    public boolean consistentWithEquals(String key) {
      return true;
    }

    @Override
    public void encode(String value, OutputStream out) throws IOException {
      new DataOutputStream(out).writeUTF(value);
    }

    @Override
    public String decode(InputStream in) throws IOException {
      return new DataInputStream(in).readUTF();
    }
  }

  /** The only attempt of the only task. */
  private record Attempt() implements TaskScope {
    @Override
    public int partition() {
      return 0;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public <T> T local(Class<T> key, Supplier<? extends T> make) {
      return make.get();
    }
  }
}
