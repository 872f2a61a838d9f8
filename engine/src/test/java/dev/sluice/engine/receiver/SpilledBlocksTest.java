package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that do not fit into memory. */
class SpilledBlocksTest {
  @TempDir private Path folder;

  private Bed<HandReceiver> bed(long budgetBytes) {
    return Bed.started(new HandReceiver(), ReceiverOptions.DEFAULTS, budgetBytes, folder);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "record number " + i).toList();
  }

  private long fileCount() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100, 10_000, 100_000})
  void readsBackWhatDoesNotFit(long budgetBytes) throws Exception {
    List<String> records = numbers(5_000);
    try (Bed<HandReceiver> bed = bed(budgetBytes)) {
      for (int from = 0; from < 2_500; from += 500) {
        bed.receiver.store(records.subList(from, from + 500));
      }
      records.subList(2_500, 5_000).forEach(bed.receiver::store);
      assertTrue(bed.files.usedBytes() > 0);
      assertTrue(bed.budget.usedBytes() <= budgetBytes);
      List<Block<String>> blocks = bed.supervisor.take(Long.MAX_VALUE).blocks();
      assertEquals(6, blocks.size());
      for (int pass = 0; pass < 2; pass++) {
        List<String> read = new ArrayList<>();
        blocks.forEach(block -> block.forEach(read::add));
        assertEquals(records, read);
      }
      blocks.forEach(Block::release);
      blocks.forEach(Block::release);
      assertEquals(0, bed.budget.usedBytes());
      assertEquals(0, bed.files.usedBytes());
      assertEquals(0, fileCount());
      assertThrows(IllegalStateException.class, () -> blocks.get(0).forEach(r -> {}));
    }
  }

  @Test
  void movesToDiskWhenOthersNeedTheMemory() throws Exception {
    List<String> records = numbers(1_000);
    try (Bed<HandReceiver> bed = bed(1 << 20)) {
      bed.receiver.store(records);
      assertEquals(0, bed.files.usedBytes());
      assertTrue(bed.budget.reserve(1 << 20));
      assertTrue(bed.files.usedBytes() > 0);
      assertEquals(List.of(records), bed.takeAll());
    }
  }

  @Test
  void staysInMemoryWhileItIsReadAndIsFreedAfterIt() throws Exception {
    List<String> records = numbers(100);
    try (Bed<HandReceiver> bed = bed(1 << 20)) {
      bed.receiver.store(records);
      Block<String> block = bed.supervisor.take(1).blocks().get(0);
      List<String> read = new ArrayList<>();
      List<Boolean> reserved = new ArrayList<>();
      block.forEach(
          record -> {
            if (read.isEmpty()) {
              block.release();
              reserved.add(reserve(bed, 1 << 20));
            }
            read.add(record);
          });
      assertEquals(List.of(false), reserved);
      assertEquals(records, read);
      assertEquals(0, bed.budget.usedBytes());
      assertTrue(bed.budget.reserve(1 << 20));
    }
  }

  private static boolean reserve(Bed<?> bed, long bytes) {
    try {
      return bed.budget.reserve(bytes);
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givesBackWhatNobodyTakes() throws Exception {
    Bed<HandReceiver> bed = bed(1_000);
    bed.receiver.store(numbers(100));
    bed.receiver.store("small");
    numbers(100).forEach(bed.receiver::store);
    assertEquals(2, fileCount());
    bed.supervisor.close();
    assertEquals(0, fileCount());
    assertEquals(0, bed.budget.usedBytes());
    bed.close();
  }

  @Test
  void restartsAReceiverWhoseRecordsCannotBeWritten() throws Exception {
    try (Bed<HandReceiver> bed = bed(1)) {
      bed.files.close();
      assertThrows(UncheckedIOException.class, () -> bed.receiver.store(List.of("a")));
      Wait.until("a restart", () -> bed.count(ReceiverEvent.Restarting.class) == 1);
      assertEquals(State.RESTARTING, bed.supervisor.state());
      assertThrows(UncheckedIOException.class, () -> bed.receiver.store("b"));
      assertEquals(List.of(), bed.takeAll());
    }
  }

  @Test
  void failsForGoodWhenABlockCannotBeCompleted() throws Exception {
    // The record is within the first step, for which memory is asked when the block is complete.
    try (Bed<HandReceiver> bed = bed(10_000)) {
      bed.receiver.store("a");
      bed.budget.force(10_000);
      bed.files.close();
      assertEquals(List.of(), bed.takeAll());
      Wait.until("stopped", () -> bed.supervisor.failure() != null);
      bed.budget.release(10_000);
    }
  }
}
