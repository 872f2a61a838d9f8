package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.sink;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Port;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements that wait for the watermark, through the stages of a stream. */
class StreamWatermarksTest {
  private final Program program = new Program();

  private Port delay(String name, Port... inputs) {
    return program.operator(name, new Delay(), inputs);
  }

  private Port spread(String name, Port... inputs) {
    return program.exchange(
        name,
        new Exchange.Routed<Long>(
            (scope, partitions) -> time -> (int) (time % partitions),
            Program.unchecked(Program.VALUES),
            Exchange.DEFAULT_PARTITIONS),
        inputs);
  }

  private StreamLog run(int parallelism) throws Exception {
    try (StreamBed bed = StreamBed.seeded(parallelism, parallelism)) {
      bed.run(program.plan());
      return bed.log;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void whatTheWatermarkReleasesLeavesAllStagesInTheSameBatch(int parallelism) throws Exception {
    Port in = script(program, "in", elements(5L, 9L, 6L), watermark(5), watermark(7), elements(8L));
    Port first = delay("first", spread("one", in));
    Port second = delay("second", program.pin("pin", first));
    Port third = delay("third", spread("two", second));
    sink(program, "out", spread("three", third));
    StreamLog log = run(parallelism);
    Map<Long, List<Object>> out = log.byBatch("out");
    assertEquals(List.of(5L, 6L), out.get(3L).stream().sorted().toList());
    assertEquals(List.of(8L, 9L), out.get(5L).stream().sorted().toList());
    assertEquals(2, out.size());
    for (String stage : List.of("first", "second", "third")) {
      assertEquals(List.of(), log.all(stage), stage);
    }
  }

  @Test
  void anElementBehindTheWatermarkOfBeforeIsLate() throws Exception {
    Port in = script(program, "in", elements(5L), watermark(7), elements(6L, 7L), watermark(8));
    sink(program, "out", delay("delay", spread("spread", in)));
    StreamLog log = run(2);
    assertEquals(Map.of(3L, List.of("late 6")), log.byBatch("delay"));
    assertEquals(Map.of(2L, List.of(5L), 4L, List.of(7L)), log.byBatch("out"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aUnionWaitsForTheScriptThatIsBehind(int parallelism) throws Exception {
    Port left = script(program, "left", elements(5L), watermark(10), elements(12L));
    Port right = script(program, "right", watermark(3), watermark(6), elements(10L));
    sink(program, "out", delay("delay", spread("both", left, right)));
    StreamLog log = run(parallelism);
    // Left 1, right 2, left 3, right 4: now both are behind 5. The rest comes at the end.
    Map<Long, List<Object>> out = log.byBatch("out");
    assertEquals(List.of(5L), out.get(4L));
    assertEquals(List.of(10L, 12L), out.get(8L).stream().sorted().toList());
    assertEquals(List.of(), log.all("delay"));
  }
}
