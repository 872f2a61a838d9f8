package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent to all who ask for it. */
class BroadcastTest {
  private static final int MANY = 6_000;

  static Stream<Arguments> beds() {
    return Backend.all()
        .flatMap(
            backend ->
                Stream.of(20_000L, Backend.LARGE_BYTES)
                    .map(memoryBytes -> Arguments.of(backend, memoryBytes)));
  }

  /** Adds to each number the sum of all broadcasts, which it reads anew for each. */
  private static Operator<Integer> addingAll(int broadcasts) {
    return context -> {
      Output<Integer> out = context.output(0);
      List<Iterable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < broadcasts; i++) {
        all.add(context.broadcast(i));
      }
      return number -> {
        int sum = number;
        for (Iterable<Integer> one : all) {
          for (int i : one) {
            sum += i;
          }
        }
        out.emit(sum);
      };
    };
  }

  private static Port adding(Program program, String name, Port input, ExchangeNode... views) {
    Operator<Integer> operator = addingAll(views.length);
    Node node = program.builder().operator(name, operator, List.of(input), List.of(views));
    return program.builder().port(node, 0, Program.VALUES);
  }

  @ParameterizedTest
  @MethodSource("beds")
  void isCompleteAndReadableManyTimes(Backend backend, long memoryBytes) throws Exception {
    Program program = new Program();
    ExchangeNode view = program.broadcast("view", program.numbers("many", 3, MANY / 3));
    Node out = program.collect("out", adding(program, "add", program.numbers("n", 2, 3), view));
    int sum = IntStream.range(0, MANY).sum();
    try (TestBed bed = backend.open(memoryBytes)) {
      assertEquals(
          IntStream.range(0, 6).map(n -> n + sum).boxed().toList(),
          Program.collected(bed.run(program.plan()), out));
      assertEquals(memoryBytes < Backend.LARGE_BYTES, bed.hasSpilled());
    }
  }

  @ParameterizedTest
  @MethodSource("beds")
  void comesInTheOrderOfItsSendersTasks(Backend backend, long memoryBytes) throws Exception {
    Program program = new Program();
    ExchangeNode view =
        program.broadcast("view", program.numbers("a", 3, MANY / 3), program.numbers("b", 1, 3));
    Operator<Integer> copying =
        context -> {
          Output<Object> out = context.output(0);
          return number -> context.<Object>broadcast(0).forEach(out::emit);
        };
    Node copy =
        program
            .builder()
            .operator("copy", copying, List.of(program.numbers("n", 1, 1)), List.of(view));
    Node out = program.collect("out", program.builder().port(copy, 0, Program.VALUES));
    try (TestBed bed = backend.open(memoryBytes)) {
      List<Integer> expected = new ArrayList<>(IntStream.range(0, MANY).boxed().toList());
      expected.addAll(List.of(0, 1, 2));
      assertEquals(expected, Program.collected(bed.run(program.plan()), out));
    }
  }

  @ParameterizedTest
  @MethodSource("beds")
  void mayBeComputedFromTheSameInput(Backend backend, long memoryBytes) throws Exception {
    Program program = new Program();
    Port numbers = program.numbers("n", 3, 2);
    ExchangeNode view =
        program.broadcast("view", program.map("ten", (Integer n) -> 10 * n, numbers));
    Port once = adding(program, "once", numbers, view);
    ExchangeNode again = program.broadcast("view of once", once);
    Node out = program.collect("out", adding(program, "twice", once, again, view));
    List<Integer> onceAdded = IntStream.range(0, 6).map(n -> n + 150).boxed().toList();
    int sum = onceAdded.stream().mapToInt(Integer::intValue).sum() + 150;
    try (TestBed bed = backend.open(memoryBytes)) {
      assertEquals(
          onceAdded.stream().map(n -> n + sum).toList(),
          Program.collected(bed.run(program.plan()), out));
    }
  }

  @ParameterizedTest
  @MethodSource("beds")
  void mayBeCrossed(Backend backend, long memoryBytes) throws Exception {
    Program program = new Program();
    Port a = program.numbers("a", 2, 2);
    Port b = program.map("hundreds", (Integer n) -> 100 * n, program.numbers("b", 2, 2));
    ExchangeNode viewOfA = program.broadcast("view of a", a);
    ExchangeNode viewOfB = program.broadcast("view of b", b);
    Node left = program.collect("left", adding(program, "a with b", a, viewOfB));
    Node right = program.collect("right", adding(program, "b with a", b, viewOfA));
    try (TestBed bed = backend.open(memoryBytes)) {
      JobResult result = bed.run(program.plan());
      assertEquals(List.of(600, 601, 602, 603), Program.collected(result, left));
      assertEquals(List.of(6, 106, 206, 306), Program.collected(result, right));
    }
  }
}
