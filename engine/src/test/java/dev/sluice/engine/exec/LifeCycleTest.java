package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of calls that {@link dev.sluice.engine.plan.Processor} promises. */
class LifeCycleTest {
  private static final JobOptions ONCE =
      JobOptions.DEFAULTS.withMaxTaskAttempts(1).withMaxBundleSize(2);

  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  private static StagePlan plan(Recorded first, Recorded second) {
    Program program = new Program();
    Port input = program.source("source", List.of(List.of("1", "2", "3")));
    Port middle = program.operator(first.name(), first, input);
    program.operator(second.name(), second, middle);
    return program.plan();
  }

  @Test
  void endsBundlesThenThePartitionThenCloses() throws Exception {
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(plan(Recorded.named("A", log), Recorded.named("B", log)), ONCE);
    }
    assertEquals(
        List.of(
            "open",
            "process 1",
            "process 2",
            "finishBundle",
            "process 3",
            "finishBundle",
            "finish",
            "close"),
        Recorded.callsOf("A", log));
    assertEquals(
        List.of(
            "open",
            "process 1",
            "process 2",
            "process A's bundle",
            "finishBundle",
            "process 3",
            "process A's bundle",
            "process A's end",
            "finishBundle",
            "finish",
            "close"),
        Recorded.callsOf("B", log));
  }

  @Test
  void hasOneBundlePerTaskUnlessToldOtherwise() throws Exception {
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(plan(Recorded.named("A", log), Recorded.named("B", log)));
    }
    assertEquals(
        List.of("open", "process 1", "process 2", "process 3", "finishBundle", "finish", "close"),
        Recorded.callsOf("A", log));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 10})
  void cutsBundlesOfAtMostTheSizeGiven(int size) throws Exception {
    List<Integer> bundles = new ArrayList<>();
    Program program = new Program();
    program.operator("sizes", new BundleSizes(bundles), program.numbers("n", 1, 9));
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(program.plan(), JobOptions.DEFAULTS.withMaxBundleSize(size));
    }
    bundles.removeIf(count -> count == 0);
    List<Integer> expected = new ArrayList<>(Collections.nCopies(9 / size, size));
    if (9 % size > 0) {
      expected.add(9 % size);
    }
    assertEquals(expected, bundles);
  }

  static Stream<Arguments> failures() {
    List<Arguments> cases = new ArrayList<>();
    for (String operator : List.of("A", "B")) {
      for (String call :
          List.of("open", "process 1", "process 3", "finishBundle", "finish", "close")) {
        cases.add(Arguments.of(operator, call, false));
        cases.add(Arguments.of(operator, call, true));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} throws at {1}, upstream catches: {2}")
  @MethodSource("failures")
  void onlyClosesAfterAnException(String operator, String call, boolean swallows) throws Exception {
    Recorded first = Recorded.named("A", log);
    Recorded second = Recorded.named("B", log);
    if (swallows) {
      first = first.swallowing();
    }
    StagePlan plan =
        operator.equals("A")
            ? plan(first.failingAt(call), second)
            : plan(first, second.failingAt(call));
    try (TestBed bed = Backend.seeded(1).open()) {
      JobFailedException failure = bed.fail(plan, ONCE);
      assertEquals(operator, failure.operator());
      assertInstanceOf(Recorded.Thrown.class, failure.userCause());
    }
    assertOnlyClosesAreBehind(operator + " " + call);
    for (String name : List.of("A", "B")) {
      List<String> calls = Recorded.callsOf(name, log);
      boolean opened = calls.contains("open") && !(name.equals(operator) && call.equals("open"));
      assertEquals(opened ? 1 : 0, Collections.frequency(calls, "close"), calls.toString());
    }
  }

  private void assertOnlyClosesAreBehind(String failed) {
    List<String> behind = log.subList(log.indexOf(failed) + 1, log.size());
    assertTrue(behind.stream().allMatch(entry -> entry.endsWith(" close")), log.toString());
  }

  @Test
  void addsWhatCloseThrowsToTheFirstFailure() throws Exception {
    Recorded failing = Recorded.named("A", log).failingAt("close");
    try (TestBed bed = Backend.seeded(1).open()) {
      JobFailedException failure =
          bed.fail(plan(failing, Recorded.named("B", log).failingAt("process 2")), ONCE);
      assertEquals("B failed at process 2", failure.userCause().getMessage());
      assertEquals(
          List.of("A failed at close"),
          Stream.of(failure.getCause().getSuppressed())
              .map(suppressed -> suppressed.getCause().getMessage())
              .toList());
    }
  }
}
