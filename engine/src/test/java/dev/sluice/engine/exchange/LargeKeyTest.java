package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key with far more values than there is memory. */
class LargeKeyTest {
  private static final String BEDS = "dev.sluice.engine.exchange.Beds#all";
  private static final int TASKS = 3;
  private static final int EACH = 10_000;
  private static final int OTHER_KEYS = 20;

  /** One value in a hundred goes to one of some other keys. */
  private static String key(int n) {
    return n % 100 == 0 ? "key " + n / 100 % OTHER_KEYS : "key 10 is hot";
  }

  private static List<Integer> valuesOf(String key) {
    return IntStream.range(0, TASKS * EACH).filter(n -> key(n).equals(key)).boxed().toList();
  }

  private static <R> List<R> run(Beds beds, Program.Step<Group<String, Integer>, R> step)
      throws Exception {
    Program program = new Program();
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue(key(n), n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", Program.KEYS, Program.VALUES, 2, pairs);
    Node out = program.collect("out", program.map("read", step, groups));
    try (TestBed bed = beds.open()) {
      List<R> read = Program.collected(bed.run(program.plan()), out);
      assertEquals(beds.isSmall(), bed.hasSpilled());
      assertTrue(
          !beds.isSmall() || bed.environment().memory().peakBytes() < 2 * Beds.SMALL_BYTES,
          "took " + bed.environment().memory().peakBytes() + " bytes");
      return read;
    }
  }

  private static List<Integer> list(Iterable<Integer> values) {
    return StreamSupport.stream(values.spliterator(), false).toList();
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void isReadInOrderAsOftenAsOneLikes(Beds beds) throws Exception {
    List<String> keys =
        run(
            beds,
            group -> {
              List<Integer> expected = valuesOf(group.key());
              assertEquals(expected, list(group.values()));
              assertEquals(expected, list(group.values()));
              return group.key();
            });
    assertEquals(OTHER_KEYS + 1, keys.stream().distinct().count());
    assertEquals(OTHER_KEYS + 1, keys.size());
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void isReadByTwoIteratorsInTurn(Beds beds) throws Exception {
    run(
        beds,
        group -> {
          Iterator<Integer> left = group.values().iterator();
          Iterator<Integer> right = group.values().iterator();
          for (int value : valuesOf(group.key())) {
            assertEquals(value, left.next());
            assertTrue(right.hasNext());
            assertEquals(value, right.next());
          }
          assertFalse(left.hasNext());
          assertThrows(NoSuchElementException.class, right::next);
          return group.key();
        });
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void mayBeLeftInTheMiddle(Beds beds) throws Exception {
    for (int read : List.of(0, 1, 1_023, 1_024, 1_025, 5_000)) {
      List<String> complete =
          run(
              beds,
              group -> {
                List<Integer> expected = valuesOf(group.key());
                if (group.key().endsWith("hot")) {
                  Iterator<Integer> values = group.values().iterator();
                  for (int i = 0; i < read; i++) {
                    assertEquals(expected.get(i), values.next());
                  }
                } else {
                  assertEquals(expected, list(group.values()));
                }
                return group.key();
              });
      assertEquals(OTHER_KEYS + 1, complete.size());
    }
  }
}
