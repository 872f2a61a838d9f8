package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.byKey;
import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.keyed;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.sink;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.state.CellAddress;
import dev.sluice.engine.state.StateFormat;
import dev.sluice.engine.state.Tally;
import dev.sluice.engine.state.TallyFormat;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State by key, over many batches and over attempts that fail. */
class KeyedStateTest {
  private static final CellAddress AMOUNT = new CellAddress("", "amount");
  private static final StreamOptions ON_DISK = StreamBed.OPTIONS.withState(StateStorage.DISK);
  private static final long DEADLINE_MS = 60_000;

  private final Program program = new Program();

  /**
   * Emits what came for the key so far, and the sum again once the watermark has passed 10. The
   * first {@code failures} attempts of each task throw behind all that.
   */
  private static class Sums extends Timed<KeyValue> {
    private static final long serialVersionUID = 1L;

    private final int failures;
    private final IOException thrown;

    Sums(int failures, IOException thrown) {
      this.failures = failures;
      this.thrown = thrown;
    }

    @Override
    void element(KeyValue element, Call call) throws IOException {
      var key = call.states().key(element.key());
      Tally tally = (Tally) key.cell(AMOUNT, Tally::new);
      tally.add((Integer) element.value());
      key.setTimer(new Timer("t", TimerDomain.EVENT_TIME, 10, 10));
      call.out().emit(keyed(element.key(), tally.amount()));
      call.note("number " + call.states().nextNumber());
      mayFail(call);
    }

    @Override
    void fire(Object key, Timer timer, Call call) throws IOException {
      Tally tally = (Tally) call.states().key(key).cell(AMOUNT, Tally::new);
      tally.add(1_000);
      call.out().emit(keyed(key, tally.amount()));
      mayFail(call);
    }

    private void mayFail(Call call) throws IOException {
      if (call.context().scope().attempt() <= failures) {
        throw thrown;
      }
    }
  }

  /** Keeps sums that are written by a codec that looks at them first. */
  private static final class Watched extends Sums {
    private static final long serialVersionUID = 1L;

    private final transient Watch watch;
    private final transient AtomicReference<TaskScope> scope = new AtomicReference<>();

    Watched(Watch watch) {
      super(0, null);
      this.watch = watch;
    }

    interface Watch {
      void at(Object value, TaskScope scope) throws IOException;
    }

    @Override
    void element(KeyValue element, Call call) throws IOException {
      scope.set(call.context().scope());
      super.element(element, call);
    }

    @Override
    public StateFormat stateFormat() {
      return new TallyFormat(
          new Codec<>() {
            @Override
            public void encode(Object value, OutputStream out) throws IOException {
              watch.at(value, scope.get());
              Program.VALUES.encode(value, out);
            }

            @Override
            public Object decode(InputStream in) throws IOException {
              return Program.VALUES.decode(in);
            }
          },
          false);
    }
  }

  private void sums(int failures, IOException thrown, Script.Event... events) {
    sums(new Sums(failures, thrown), events);
  }

  private void sums(Sums operator, Script.Event... events) {
    Port in = script(program, "in", events);
    Port sums = program.operator("Sums", operator, byKey(program, "by key", in));
    sink(program, "out", byKey(program, "again", sums));
  }

  private static Script.Event[] events() {
    return new Script.Event[] {
      elements(keyed("a", 1), keyed("b", 2), keyed("a", 4)),
      elements(keyed("b", 8)),
      elements(keyed("c", 16), keyed("a", 32)),
      watermark(10),
      watermark(11),
      elements(keyed("c", 64))
    };
  }

  private static Map<Object, List<Object>> byKeyOf(StreamLog log) {
    Map<Object, List<Object>> sums = new TreeMap<>();
    for (Object element : log.all("out")) {
      KeyValue sum = (KeyValue) element;
      sums.computeIfAbsent(sum.key(), k -> new ArrayList<>()).add(sum.value());
    }
    return sums;
  }

  private static Map<Object, List<Object>> expected() {
    // The last element of c arms its timer again, behind the watermark: it fires at once.
    return Map.of(
        "a", List.of(1L, 5L, 37L, 1_037L),
        "b", List.of(2L, 10L, 1_010L),
        "c", List.of(16L, 1_016L, 1_080L, 2_080L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void stateSurvivesBatchesByKey(int parallelism) throws Exception {
    sums(0, null, events());
    try (StreamBed bed = StreamBed.seeded(parallelism, parallelism)) {
      bed.run(program.plan());
      assertEquals(expected(), byKeyOf(bed.log));
      for (StreamLog.Seen seen : bed.log.seen("out")) {
        Object key = ((KeyValue) seen.what()).key();
        assertEquals(Streams.partition(key, parallelism), seen.partition());
      }
    }
  }

  @Test
  void stateSurvivesBatchesOnDisk() throws Exception {
    sums(1, new IOException("once"), events());
    try (StreamBed bed = StreamBed.threads(2)) {
      bed.run(program.plan(), ON_DISK);
      assertEquals(expected(), byKeyOf(bed.log));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stateThatCannotBeWrittenFailsTheStreamAtOnce(boolean byAnError) throws Exception {
    Watched.Watch watch =
        (value, scope) -> {
          if (value.equals(37L) && byAnError) {
            throw new AssertionError("no 37");
          } else if (value.equals(37L)) {
            throw new IOException("no 37");
          }
        };
    sums(new Watched(watch), events());
    try (StreamBed bed = StreamBed.threads(2)) {
      StreamJob stream = bed.stream(program.plan(), JobOptions.DEFAULTS, ON_DISK);
      JobFailedException failure = assertThrows(JobFailedException.class, stream::run);
      assertEquals("Sums", failure.operator());
      assertTrue(failure.getMessage().contains("no 37"), failure.getMessage());
      TaskFailed failed = bed.log.events(TaskFailed.class).get(0);
      assertFalse(failed.willRetry(), "some of its changes may count already");
      bed.assertNothingLeft();
    }
  }

  @Test
  void anAttemptIsNotInterruptedWhileItsStateIsWritten() throws Exception {
    try (StreamBed bed = StreamBed.threads(2)) {
      Watched.Watch overdue =
          (value, scope) -> {
            if (value.equals(37L)) {
              bed.clock.advance(DEADLINE_MS + 1);
              while (!scope.cancelled()) {
                Thread.onSpinWait();
              }
              assertFalse(Thread.currentThread().isInterrupted());
            }
          };
      sums(new Watched(overdue), events());
      JobOptions options = JobOptions.DEFAULTS.withTimeLimits(0, DEADLINE_MS);
      bed.stream(program.plan(), options, ON_DISK).run();
      assertEquals(expected(), byKeyOf(bed.log));
      assertEquals(List.of(), bed.log.events(TaskFailed.class));
    }
  }

  @Test
  void aStreamFailsIfItsStateCannotBeOnDisk() throws Exception {
    sums(0, null, events());
    try (StreamBed bed = StreamBed.seeded(1, 1)) {
      bed.files().close();
      StreamJob stream = bed.stream(program.plan(), JobOptions.DEFAULTS, ON_DISK);
      JobFailedException failure = assertThrows(JobFailedException.class, stream::run);
      assertEquals("the context is closed: no more temporary files", failure.getMessage());
    }
  }

  @Test
  void stateSurvivesBatchesOnThreads() throws Exception {
    sums(1, new IOException("once"), events());
    try (StreamBed bed = StreamBed.threads(3)) {
      bed.run(program.plan());
      assertEquals(expected(), byKeyOf(bed.log));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void attemptsThatFailLeaveNoTraceAndCountOnce(int parallelism) throws Exception {
    sums(3, new IOException("three times"), events());
    try (StreamBed bed = StreamBed.seeded(parallelism, parallelism)) {
      bed.run(program.plan());
      assertEquals(expected(), byKeyOf(bed.log));
      List<TaskFailed> failed = bed.log.events(TaskFailed.class);
      assertEquals(failed.size(), bed.log.discards());
      assertEquals(0, failed.size() % 3);
      failed.forEach(event -> assertEquals(true, event.willRetry()));
      assertNumbersOfEachPartition(bed.log);
    }
  }

  private static void assertNumbersOfEachPartition(StreamLog log) {
    Map<Integer, Integer> next = new TreeMap<>();
    for (StreamLog.Seen seen : log.seen("Sums")) {
      int number = next.merge(seen.partition(), 1, Integer::sum) - 1;
      assertEquals("number " + number, seen.what());
    }
  }

  @Test
  void aTaskThatFailsAsOftenAsItMayFailsTheStream() throws Exception {
    IOException thrown = new IOException("always");
    sums(4, thrown, events());
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      StreamJob stream = bed.stream(program.plan());
      JobFailedException failure = assertThrows(JobFailedException.class, stream::run);
      assertEquals("Sums", failure.operator());
      assertSame(thrown, failure.userCause());
      assertEquals(List.of(), bed.log.all("out"));
      bed.assertNothingLeft();
    }
  }

  @Test
  void withOneAttemptTheFirstFailureFailsTheStream() throws Exception {
    sums(1, new IOException("once"), events());
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      JobOptions once = JobOptions.DEFAULTS.withMaxTaskAttempts(1);
      StreamJob stream = bed.stream(program.plan(), once, StreamBed.OPTIONS);
      assertThrows(JobFailedException.class, stream::run);
      assertEquals(1, bed.log.events(TaskFailed.class).size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void pinnedExchangesKeepPartitionsApart(int parallelism) throws Exception {
    Port in = script(program, "in", events());
    Port more = script(program, "more", events());
    Port left = program.operator("left", origin("left"), byKey(program, "to left", in));
    Port right = program.operator("right", origin("right"), byKey(program, "to right", more));
    program.operator("apart", new Origins(), program.pin("pin", left, right));
    try (StreamBed bed = StreamBed.seeded(parallelism, parallelism)) {
      bed.run(program.plan());
      Map<Integer, Object> origins = new TreeMap<>();
      for (StreamLog.Seen seen : bed.log.seen("apart")) {
        Object known = origins.putIfAbsent(seen.partition(), seen.what());
        assertEquals(known == null ? seen.what() : known, seen.what());
      }
      assertEquals(14, bed.log.all("apart").size());
      assertEquals(origins.size(), List.copyOf(origins.values()).stream().distinct().count());
    }
  }

  /** Says which task of which operator an element has come through. */
  private static Operator<KeyValue> origin(String name) {
    return context -> {
      Output<Object> out = context.output(0);
      return element -> out.emit(name + " " + context.scope().partition());
    };
  }

  /** Notes for each element all origins of the elements that its partition has seen. */
  private static final class Origins extends Timed<String> {
    private static final long serialVersionUID = 1L;

    @Override
    void element(String origin, Call call) {
      ((Tally) call.states().key(origin).cell(AMOUNT, Tally::new)).add(1);
      call.note(String.valueOf(call.states().keys()));
    }

    @Override
    void fire(Object key, Timer timer, Call call) {}
  }
}
