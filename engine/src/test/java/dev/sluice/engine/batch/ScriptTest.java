package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.sink;
import static dev.sluice.engine.batch.Streams.time;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.Source.Split;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams whose sources say themselves what happens. */
class ScriptTest {
  private final Program program = new Program();

  private StreamLog run() throws Exception {
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      bed.run(program.plan());
      return bed.log;
    }
  }

  @Test
  void everyEventIsABatchOfItsOwn() throws Exception {
    Port in =
        script(program, "in", elements(3, 1, 2), watermark(10), elements(4), time(5), elements(5));
    sink(program, "out", in);
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      List<Ledger.Entry> batches = bed.run(program.plan());
      // The first is the beginning, the last the end of time.
      assertEquals(
          List.of(0L, 3L, 0L, 1L, 0L, 1L, 0L),
          batches.stream().map(Ledger.Entry::records).toList());
      assertEquals(
          Map.of(1L, List.of(3, 1, 2), 3L, List.of(4), 5L, List.of(5)), bed.log.byBatch("out"));
    }
  }

  @Test
  void severalScriptsTakeTurns() throws Exception {
    Port a = script(program, "a", elements("a1"), elements("a2"), elements("a3"));
    Port b = script(program, "b", elements("b1"));
    sink(program, "out", a, b);
    assertEquals(List.of("a1", "b1", "a2", "a3"), run().all("out"));
  }

  @Test
  void aWatermarkThatGoesBackIsNone() throws Exception {
    Operator<Object> noting =
        context -> {
          long watermark = context.progress().inputWatermark();
          return element -> StreamLog.note(context.scope(), "at", watermark);
        };
    Port in = script(program, "in", watermark(10), elements("a"), watermark(5), elements("b"));
    program.operator("note", noting, in);
    assertEquals(List.of(10L, 10L), run().all("at"));
  }

  @Test
  void onlyScriptsMoveTheClock() throws Exception {
    Operator<Object> noting =
        context ->
            element -> StreamLog.note(context.scope(), "at", context.progress().processingTime());
    Port a = script(program, "a", elements("a1"), elements("a2"), time(7), elements("a3"));
    Port b = script(program, "b", time(100));
    program.operator("note", noting, a, b);
    List<Object> times = run().all("at");
    long first = (Long) times.get(0);
    assertEquals(List.of(first, first + 100, first + 107), times);
  }

  @Test
  void aFiniteSourceIsReadOnceInTheFirstBatch() throws Exception {
    AtomicInteger splits = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    Split<Object> split =
        (out, scope) -> {
          reads.incrementAndGet();
          out.emit("once");
        };
    Source<Object> source =
        (parallelism, scope) -> {
          splits.incrementAndGet();
          return List.of(split);
        };
    Port once = program.builder().source("once", source, Program.VALUES);
    sink(program, "out", once, script(program, "in", elements("a"), elements("b")));
    assertEquals(
        Map.of(0L, List.of("once"), 1L, List.of("a"), 2L, List.of("b")), run().byBatch("out"));
    assertEquals(1, splits.get());
    assertEquals(1, reads.get());
  }

  @Test
  void onlyAStreamReadsAScript() {
    Script<Object> script = new Script<>(List.of(), Program.VALUES);
    assertThrows(UnsupportedOperationException.class, () -> script.splits(1, null));
  }

  @Test
  void anEmptyScriptEnds() throws Exception {
    sink(program, "out", script(program, "in"));
    assertEquals(List.of(), run().all("out"));
  }
}
