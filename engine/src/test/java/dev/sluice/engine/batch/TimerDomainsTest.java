package dev.sluice.engine.batch;

import static dev.sluice.engine.batch.Streams.elements;
import static dev.sluice.engine.batch.Streams.script;
import static dev.sluice.engine.batch.Streams.time;
import static dev.sluice.engine.batch.Streams.watermark;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.state.Timer;
import dev.sluice.engine.state.TimerDomain;
import dev.sluice.engine.time.Watermark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers of all domains, in streams of scripts and at the end of input. */
class TimerDomainsTest {
  private static final long DELAY = 10;

  private final Program program = new Program();

  /**
   * Arms a timer of {@code domain} for each element, its id: in event time at 10, else ten
   * milliseconds after now. One whose id is {@code again} arms {@code earlier} as it fires.
   */
  private static final class Arming extends Timed<String> {
    private static final long serialVersionUID = 1L;

    private final TimerDomain domain;

    Arming(TimerDomain domain) {
      this.domain = domain;
    }

    @Override
    void element(String id, Call call) {
      arm(id, DELAY, call);
    }

    @Override
    void fire(Object key, Timer timer, Call call) {
      call.note(timer.id());
      if (timer.id().equals("again")) {
        arm("earlier", -2 * DELAY, call);
      }
    }

    private void arm(String id, long after, Call call) {
      long from = domain == TimerDomain.EVENT_TIME ? 0 : call.now().processingTime();
      long at = from + after;
      call.states().key("k").setTimer(new Timer(id, domain, at, Watermark.END));
    }
  }

  private void arming(TimerDomain domain, Script.Event... events) {
    program.operator("arm", new Arming(domain), script(program, "in", events));
  }

  private static Script.Event move(TimerDomain domain, long by, long to) {
    return domain == TimerDomain.EVENT_TIME ? watermark(to) : time(by);
  }

  private StreamLog run() throws Exception {
    try (StreamBed bed = StreamBed.seeded(1, 2)) {
      bed.run(program.plan());
      return bed.log;
    }
  }

  @ParameterizedTest
  @EnumSource(value = TimerDomain.class, mode = EnumSource.Mode.EXCLUDE, names = "DURABLE")
  void aTimerFiresWithoutInputWhenItsTimeHasPassed(TimerDomain domain) throws Exception {
    arming(
        domain,
        elements("t"),
        move(domain, DELAY, DELAY),
        move(domain, 1, DELAY + 1),
        move(domain, 1, DELAY + 2));
    // The event at its very time is too early.
    assertEquals(Map.of(3L, List.of("t")), run().byBatch("arm"));
  }

  @ParameterizedTest
  @EnumSource(value = TimerDomain.class, mode = EnumSource.Mode.EXCLUDE, names = "DURABLE")
  void otherClocksDoNotMoveIt(TimerDomain domain) throws Exception {
    boolean event = domain == TimerDomain.EVENT_TIME;
    Script.Event other = event ? time(1_000) : watermark(1_000);
    arming(domain, elements("t"), other, move(domain, DELAY + 1, DELAY + 1), elements());
    assertEquals(Map.of(3L, List.of("t")), run().byBatch("arm"));
  }

  @ParameterizedTest
  @EnumSource(value = TimerDomain.class, mode = EnumSource.Mode.EXCLUDE, names = "DURABLE")
  void aTimerArmedForAnEarlierTimeWhileFiringFiresInTheSameBatch(TimerDomain domain)
      throws Exception {
    arming(
        domain,
        elements("again", "behind"),
        move(domain, 2 * DELAY + 1, 2 * DELAY + 1),
        elements());
    assertEquals(Map.of(2L, List.of("again", "earlier", "behind")), run().byBatch("arm"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void timersOfAllPartitionsFire(int parallelism) throws Exception {
    var in =
        script(
            program,
            "in",
            elements(Streams.keyed("a", 5), Streams.keyed("b", 7), Streams.keyed("c", 5)),
            watermark(6),
            watermark(8));
    program.operator("wait", new Waiting(), Streams.byKey(program, "by key", in));
    try (StreamBed bed = StreamBed.seeded(1, parallelism)) {
      bed.run(program.plan());
      Map<Long, List<Object>> fired = bed.log.byBatch("wait");
      assertEquals(List.of("a", "c"), fired.get(2L).stream().sorted().toList());
      assertEquals(List.of("b"), fired.get(3L));
      assertEquals(2, fired.size());
    }
  }

  /** Notes the key when the watermark has passed its value. */
  private static final class Waiting extends Timed<KeyValue> {
    private static final long serialVersionUID = 1L;

    @Override
    void element(KeyValue element, Call call) {
      long at = (Integer) element.value();
      call.states()
          .key(element.key())
          .setTimer(new Timer("t", TimerDomain.EVENT_TIME, at, Watermark.END));
    }

    @Override
    void fire(Object key, Timer timer, Call call) {
      call.note(key);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TimerDomain.class,
      names = {"EVENT_TIME", "PROCESSING_TIME", "SYNCHRONIZED_PROCESSING_TIME"})
  void theEndOfAFiniteInputFiresThemWithoutWaiting(TimerDomain domain) throws Exception {
    program.operator("arm", new Arming(domain), program.source("in", List.of(List.of("t"))));
    assertEquals(Map.of(0L, List.of("t")), run().byBatch("arm"));
  }

  @Test
  void workThatIsToBeTakenUpLaterKeepsAStreamAliveAfterItsEnd() throws Exception {
    program.operator(
        "arm", new Arming(TimerDomain.RESUME), program.source("in", List.of(List.of("t"))));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      stream.untilFinalized(1);
      stream.untilIdle();
      bed.clock.advance(DELAY);
      stream.untilIdle();
      assertEquals(List.of(), bed.log.all("arm"));
      bed.clock.advance(1);
      stream.end();
      assertEquals(Map.of(1L, List.of("t")), bed.log.byBatch("arm"));
    }
  }

  @Test
  void drainingTakesSuchWorkUpAtOnce() throws Exception {
    Feed feed = new Feed();
    program.operator(
        "arm",
        new Arming(TimerDomain.RESUME),
        program.builder().source("in", Feed.source(feed), Program.VALUES));
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan());
      stream.until("the receiver has started", feed::isStarted);
      feed.store("t");
      stream.untilFinalized(1);
      stream.stream.drain();
      stream.end();
      assertEquals(Map.of(1L, List.of("t")), bed.log.byBatch("arm"));
    }
  }

  @Test
  void afterTheLastEventTheClockOfAScriptJumpsToSuchWork() throws Exception {
    program.operator("poll", new Polling(), script(program, "in", elements(5), time(1)));
    List<Object> times = run().all("poll");
    assertEquals(5, times.size());
    for (int i = 1; i < times.size(); i++) {
      assertEquals((Long) times.get(i - 1) + 1_000 + 1, times.get(i));
    }
  }

  /** Takes the same work up again every second, so many times, and notes when. */
  private static final class Polling extends Timed<Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    void element(Integer times, Call call) {
      again(times, call);
    }

    @Override
    void fire(Object key, Timer timer, Call call) {
      call.note(call.now().processingTime());
      again((Integer) timer.id() - 1, call);
    }

    private static void again(int times, Call call) {
      if (times > 0) {
        long at = call.now().processingTime() + 1_000;
        call.states().key("").setTimer(new Timer(times, TimerDomain.RESUME, at, Watermark.END));
      }
    }
  }

  @Test
  void aProcessingTimerBehindTheEndOfAScriptDoesNotFire() throws Exception {
    arming(TimerDomain.PROCESSING_TIME, elements("t"), time(DELAY));
    assertTrue(run().all("arm").isEmpty());
  }
}
