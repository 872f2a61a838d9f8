package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import dev.sluice.engine.plan.Progress;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How time moves through a plan, from run to run. */
class WatermarksTest {
  private final Program program = new Program();
  private final List<String> log = new ArrayList<>();

  private Port probe(String name, Port... inputs) {
    return program.operator(name, new Probe(name, log), inputs);
  }

  private Port source(String name) {
    return program.source(name, List.of());
  }

  /** Everything goes to one of two partitions. */
  private Port moved(String name, Port... inputs) {
    return program.exchange(
        name,
        new Exchange.Routed<String>(
            (scope, partitions) -> element -> 1, Program.unchecked(Program.VALUES), 2),
        inputs);
  }

  private List<String> takeLog() {
    List<String> taken = List.copyOf(log);
    log.clear();
    return taken;
  }

  @Test
  void elementsMeetTheOldWatermarkAndTimeMovesOnceBehindThem() throws Exception {
    Port in = source("in");
    probe("a", in);
    try (Runs runs = new Runs(program.plan(), true)) {
      runs.give(in, "x", "y").watermark(in, 10).run();
      assertEquals(List.of("a x at start", "a y at start", "a moves to 10"), takeLog());
      runs.give(in, "z").watermark(in, 20).run();
      assertEquals(List.of("a z at 10", "a moves to 20"), takeLog());
    }
  }

  @Test
  void timeMovesOperatorByOperatorBehindWhatThoseBeforeEmit() throws Exception {
    Port in = source("in");
    probe("b", probe("a", in));
    try (Runs runs = new Runs(program.plan(), true)) {
      runs.give(in, "hold 5").watermark(in, 10).run();
      assertEquals(List.of("a hold 5 at start", "a moves to 10", "b moves to 5"), takeLog());
      runs.give(in, "x").watermark(in, 20).run();
      assertEquals(List.of("a x at 10", "b x at 5", "a moves to 20", "b moves to 5"), takeLog());
      runs.give(in, "free").watermark(in, 30).run();
      assertEquals(
          List.of("a free at 20", "a moves to 30", "b freed at 5", "b moves to 30"), takeLog());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aHoldReachesAllStagesBehindAndItsReleaseInTheSameRun(boolean skip) throws Exception {
    Port in = source("in");
    Port a = probe("a", moved("to a", in));
    Port b = probe("b", program.pin("pin", a));
    probe("c", moved("to c", b));
    try (Runs runs = new Runs(program.plan(), skip)) {
      Continuation times = runs.continuation();
      runs.watermark(in, 3).run();
      assertEquals(3, times.outputWatermark("c"));
      runs.give(in, "hold 7").watermark(in, 10).run();
      assertEquals(7, times.outputWatermark("a"));
      assertEquals(7, times.outputWatermark("c"));
      runs.watermark(in, 20).run();
      assertEquals(7, times.outputWatermark("c"));
      takeLog();
      runs.give(in, "free").watermark(in, 30).run();
      List<String> last = takeLog().stream().filter(entry -> entry.startsWith("c ")).toList();
      // Without records no task of the other partition, if that is not asked for.
      assertEquals(
          skip
              ? List.of("c freed at 7", "c moves to 30")
              : List.of("c freed at 7", "c moves to 30", "c moves to 30"),
          last.stream().sorted().toList());
      assertEquals(30, times.outputWatermark("c"));
    }
  }

  @Test
  void aWatermarkNeverGoesBack() throws Exception {
    Port in = source("in");
    Port a = probe("a", in);
    probe("b", moved("move", a));
    try (Runs runs = new Runs(program.plan(), false)) {
      runs.watermark(in, 20).run();
      runs.give(in, "hold 5").watermark(in, 10).run();
      assertEquals(20, runs.continuation().outputWatermark("a"));
      assertEquals(20, runs.continuation().outputWatermark("b"));
      runs.watermark(in, 30).run();
      assertEquals(20, runs.continuation().outputWatermark("a"));
      assertEquals(20, runs.continuation().outputWatermark("b"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aUnionIsAsFarAsTheLeastOfItsInputs(boolean skip) throws Exception {
    Port left = source("left");
    Port right = source("right");
    probe("behind", moved("both", left, right));
    try (Runs runs = new Runs(program.plan(), skip)) {
      Continuation times = runs.continuation();
      runs.watermark(left, 10).run();
      assertEquals(Watermark.START, times.outputWatermark("behind"));
      runs.watermark(right, 5).run();
      assertEquals(5, times.outputWatermark("behind"));
      runs.watermark(left, Watermark.END).run();
      assertEquals(5, times.outputWatermark("behind"));
      runs.watermark(right, Watermark.END).run();
      assertEquals(Watermark.END, times.outputWatermark("behind"));
    }
  }

  /** Arms a timer that it never fires, and passes all on. */
  private static Operator<String> lazy() {
    return context -> {
      Output<String> out = context.output(0);
      Progress before = context.progress();
      var state = context.state().key("");
      return element -> {
        if (element.equals("disarm")) {
          state.removeTimer("t");
        } else if (element.equals("arm")) {
          long time = before.processingTime() + 5;
          state.setTimer(new Timer("t", TimerDomain.PROCESSING_TIME, time, Watermark.END));
        }
        out.emit(element);
      };
    };
  }

  @Test
  void synchronizedTimeWaitsForProcessingTimersUpstream() throws Exception {
    Port in = source("in");
    Operator<Object> noting =
        context ->
            new Processor<>() {
              @Override
              public void process(Object element) {}

              @Override
              public void advance(Progress now) {
                log.add(now.processingTime() + " " + now.synchronizedProcessingTime());
              }
            };
    program.operator("note", noting, moved("move", program.operator("lazy", lazy(), in)));
    try (Runs runs = new Runs(program.plan(), true)) {
      runs.time(100).give(in, "arm").run();
      runs.time(110).give(in, "x").run();
      assertEquals(List.of("100 100", "110 105"), takeLog());
      runs.time(120).give(in, "disarm").run();
      assertEquals(List.of("120 120"), takeLog());
    }
  }

  @Test
  void aRunOfAStreamCannotPutElementsOff() throws Exception {
    Port in = source("in");
    Operator<String> putsOff = context -> element -> context.defer(element, 0);
    program.operator("a", putsOff, in);
    try (Runs runs = new Runs(program.plan(), true)) {
      JobFailedException failure =
          assertThrows(JobFailedException.class, () -> runs.give(in, "later").run());
      assertEquals("a", failure.operator());
      assertInstanceOf(IllegalStateException.class, failure.userCause());
    }
  }
}
