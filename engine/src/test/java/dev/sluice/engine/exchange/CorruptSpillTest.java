package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.CorruptFrameException;
import dev.sluice.engine.event.EngineEvent.StageCompleted;
import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Port;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Temporary files that are not what they were when they were written. */
class CorruptSpillTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";

  /** Offsets in a frame of something in each of its fields. */
  private static final List<Integer> OFFSETS = List.of(0, 1, 4, 5, 8, 9, 40);

  private static void flip(Path file, long offset) {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.seek(offset);
      int old = data.read();
      data.seek(offset);
      data.write(old ^ 0x81);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CorruptFrameException corruptFrame(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CorruptFrameException found) {
        return found;
      }
    }
    throw new AssertionError("no corrupt frame was found", failure);
  }

  /** Changes one byte of every file between the two stages. */
  private static void assertDetected(Program program, Backend backend) throws Exception {
    for (int offset : OFFSETS) {
      try (TestBed bed = backend.open(Beds.SMALL_BYTES)) {
        AtomicReference<List<Path>> files = new AtomicReference<>(List.of());
        JobFailedException failure =
            bed.fail(
                program.plan(),
                JobOptions.DEFAULTS.withMaxTaskAttempts(2),
                event -> {
                  if (event instanceof StageCompleted done && done.stage() == 0) {
                    files.set(bed.files());
                    files.get().forEach(file -> flip(file, offset));
                  }
                });
        assertEquals("exchange", failure.operator());
        String message = corruptFrame(failure).getMessage();
        assertTrue(
            files.get().stream().anyMatch(f -> message.startsWith(f + " at byte 0:")), message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void areDetectedByGroups(Backend backend) throws Exception {
    Program program = new Program();
    Port pairs =
        program.map("key", (Integer n) -> new KeyValue(n % 50, n), program.numbers("n", 3, 1_000));
    program.collect("out", program.groups("exchange", Program.KEYS, Program.VALUES, 1, pairs));
    assertDetected(program, backend);
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void areDetectedByRoutes(Backend backend) throws Exception {
    Program program = new Program();
    Port numbers = program.numbers("n", 3, 1_000);
    program.collect("out", program.routeByRemainder("exchange", 1, numbers));
    assertDetected(program, backend);
  }
}
