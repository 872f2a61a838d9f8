package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Gathered;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writers for which no memory is left, so that they spill a few records at a time. */
class ManyRunsTest {
  private static final int TASKS = 3;
  private static final int EACH = 20_000;
  private static final int KEYS = 50;

  /** What a reader opens of each task at most. */
  private static final int MOST_RUNS = 32;

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exchange.Beds#small")
  void areMergedBeforeTheyAreRead(Beds beds) throws Exception {
    AtomicInteger mostFiles = new AtomicInteger();
    Program program = new Program();
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue(n % KEYS, n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", Program.KEYS, Program.VALUES, 2, pairs);
    try (TestBed bed = beds.open()) {
      Node out =
          program.collect(
              "out",
              program.map(
                  "read",
                  (Group<Object, Object> group) -> {
                    mostFiles.accumulateAndGet(bed.files().size(), Math::max);
                    return Program.gathered(group);
                  },
                  groups));
      List<Gathered> gathered = Program.collected(bed.run(program.plan()), out);
      assertEquals(KEYS, gathered.size());
      gathered.forEach(each -> assertEquals(valuesOf((int) each.key()), each.values()));
    }
    assertTrue(mostFiles.get() > 0, "nothing has spilled");
    assertTrue(mostFiles.get() <= TASKS * MOST_RUNS, mostFiles + " files");
  }

  private static List<Integer> valuesOf(int key) {
    return IntStream.range(0, TASKS * EACH).filter(n -> n % KEYS == key).boxed().toList();
  }
}
