package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.PullOperator;
import dev.sluice.engine.plan.TaskScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where records go. */
class OutputsTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";

  private static List<Integer> sorted(List<Integer> numbers) {
    return numbers.stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void sendsEachOutputToItsConsumers(Backend backend) throws Exception {
    Program program = new Program();
    Operator<Integer> byRemainder =
        context -> {
          List<Output<Integer>> outputs =
              List.of(context.output(0), context.output(1), context.output(2));
          return number -> outputs.get(number % 3).emit(number);
        };
    OperatorNode split =
        program
            .builder()
            .operator("split", byRemainder, List.of(program.numbers("n", 3, 4)), List.of());
    Node zero = program.collect("zero", program.builder().port(split, 0, Program.VALUES));
    Port one = program.builder().port(split, 1, Program.VALUES);
    Node direct = program.collect("one", one);
    Node moved = program.collect("one moved", program.routeByRemainder("route", 2, one));
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(List.of(0, 3, 6, 9), Program.collected(result, zero));
      assertEquals(List.of(1, 4, 7, 10), Program.collected(result, direct));
      assertEquals(List.of(List.of(4, 10), List.of(1, 7)), result.of(moved));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void computesEachRecordOnceBehindAUnion(Backend backend) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Program program = new Program();
    Port union =
        program.map(
            "count",
            (Integer n) -> {
              calls.incrementAndGet();
              return n;
            },
            program.numbers("a", 2, 5),
            program.numbers("b", 3, 5),
            program.pin("pin", program.numbers("c", 1, 5)));
    Node left = program.collect("left", union);
    Node right = program.collect("right", program.routeByRemainder("route", 1, union));
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(30, calls.get());
      List<Integer> all = Program.collected(result, left);
      assertEquals(30, all.size());
      assertEquals(sorted(all), sorted(Program.collected(result, right)));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void deliversTwiceWhatIsConnectedTwice(Backend backend) throws Exception {
    Program program = new Program();
    Port numbers = program.numbers("n", 1, 3);
    Node out = program.collect("out", numbers, numbers);
    try (TestBed bed = backend.open()) {
      assertEquals(List.of(0, 0, 1, 1, 2, 2), Program.collected(bed.run(program.plan()), out));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void reportsResultsStageByStageAndInTheOrderOfPartitions(Backend backend) throws Exception {
    Program program = new Program();
    Node out =
        program.collect("out", program.numbers("first", 3, 2), program.numbers("second", 2, 2));
    Node nothing = program.map("nothing", n -> n, program.numbers("third", 1, 1)).node();
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(
          List.of(List.of(0, 1), List.of(2, 3), List.of(4, 5), List.of(0, 1), List.of(2, 3)),
          result.of(out));
      assertEquals(List.of(), result.of(nothing));
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void pullsPartitionsAsOftenAsItLikes(Backend backend) throws Exception {
    Program program = new Program();
    Port left = program.routeByRemainder("left", 2, program.numbers("l", 2, 5));
    Port right = program.routeByRemainder("right", 4, program.numbers("r", 2, 4));
    Port pulled =
        program
            .builder()
            .pull(
                "pull",
                new BothTwice(),
                List.of((ExchangeNode) left.node(), (ExchangeNode) right.node()),
                Program.VALUES);
    Node out = program.collect("out", pulled);
    try (TestBed bed = backend.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(
          List.of(
              List.of(0, 2, 4, 6, 8, 0, 2, 4, 6, 8),
              List.of(1, 3, 5, 7, 9, 1, 3, 5, 7, 9),
              List.of(0, 4, 0, 4),
              List.of(1, 5, 1, 5),
              List.of(2, 6, 2, 6),
              List.of(3, 7, 3, 7)),
          result.of(out));
    }
  }

  /** A task for each partition of both inputs, which it reads twice. */
  private record BothTwice() implements PullOperator<Integer> {
    @Override
    public int partitions(int[] inputPartitions) {
      return inputPartitions[0] + inputPartitions[1];
    }

    @Override
    public void run(Inputs inputs, Output<Integer> output, TaskScope scope) {
      int first = inputs.partitions(0);
      boolean isFirst = scope.partition() < first;
      Iterable<Integer> records =
          inputs.read(isFirst ? 0 : 1, isFirst ? scope.partition() : scope.partition() - first);
      records.forEach(output::emit);
      records.forEach(output::emit);
    }
  }
}
