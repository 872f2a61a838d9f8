package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Jobs that share an environment. */
class ConcurrentJobsTest {
  private static final int EACH = 4_000;

  private record Part(Program program, Port met, Node out) {
    static Part of(int offset, CyclicBarrier meeting) {
      Program program = new Program();
      Port met =
          program.map(
              "meet",
              (Integer n) -> {
                if (n == EACH / 2 || n == EACH * 3 / 2) {
                  meeting.await(RunningJob.LIMIT_S, TimeUnit.SECONDS);
                }
                return new KeyValue(n % 100, n + offset);
              },
              program.numbers("n", 2, EACH));
      return new Part(program, met, program.collect("out", program.group("group", 3, met)));
    }

    /** All numbers that came out, by their keys. */
    void assertComplete(JobResult result, int offset) {
      List<Integer> numbers = new ArrayList<>();
      for (Gathered group : Program.<Gathered>collected(result, out)) {
        for (Object value : group.values()) {
          int number = (Integer) value - offset;
          assertEquals(group.key(), number % 100);
          numbers.add(number);
        }
      }
      numbers.sort(null);
      assertEquals(2 * EACH, numbers.size());
      assertEquals(2 * EACH, numbers.stream().distinct().count());
    }
  }

  private static TestBed bed() {
    return new TestBed(new LocalExecutor("test", 4), 100_000, Clock.system());
  }

  @Test
  void runAtOnceAndShareTheMemory() throws Exception {
    // All four tasks of both first stages are at work when they meet.
    CyclicBarrier meeting = new CyclicBarrier(4);
    try (TestBed bed = bed()) {
      Part first = Part.of(0, meeting);
      Part second = Part.of(1_000_000, meeting);
      RunningJob one = bed.start(first.program().plan());
      RunningJob two = bed.start(second.program().plan());
      first.assertComplete(one.resultBesideOthers(), 0);
      second.assertComplete(two.resultBesideOthers(), 1_000_000);
      assertTrue(bed.hasSpilled());
      bed.assertNothingLeft();
    }
  }

  @Test
  void doNotNoticeThatAnotherIsCancelled() throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(4);
    Gate gate = new Gate();
    try (TestBed bed = bed()) {
      Part good = Part.of(0, meeting);
      Part bad = Part.of(1_000_000, meeting);
      bad.program()
          .map(
              "wait",
              element -> {
                gate.pass();
                return element;
              },
              bad.program().group("other group", 3, bad.met()));
      RunningJob one = bed.start(good.program().plan());
      RunningJob two = bed.start(bad.program().plan());
      gate.awaitArrivals(1);
      two.job().cancel();
      good.assertComplete(one.resultBesideOthers(), 0);
      two.failure(JobCancelledException.class);
    }
  }
}
