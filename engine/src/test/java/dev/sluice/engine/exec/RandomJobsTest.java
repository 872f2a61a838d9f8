package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans of all shapes against the same computation on lists. */
class RandomJobsTest {
  private static final int SEEDS = 150;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Something that was drawn, with what it must hold. */
  private record Drawn(Port port, List<Integer> expected) {}

  private record View(ExchangeNode node, int sum) {}

  private final Program program = new Program();
  private final List<Drawn> ports = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final Map<Node, List<Integer>> collected = new LinkedHashMap<>();

  private static int step(int number, int broadcasts, int node) {
    return Math.floorMod(31 * number + broadcasts + node, 1_000_003);
  }

  /** Maps each number, with the sum of all broadcasts; the first tries fail now and then. */
  private static Operator<Integer> mapping(int node, int broadcasts, boolean flaky) {
    return context -> {
      Output<Integer> out = context.output(0);
      int sum = 0;
      for (int i = 0; i < broadcasts; i++) {
        for (int number : context.<Integer>broadcast(i)) {
          sum += number;
        }
      }
      int all = sum;
      return number -> {
        out.emit(step(number, all, node));
        if (flaky && context.scope().attempt() < 3 && number % 5 == 0) {
          throw new IOException("flaky");
        }
      };
    };
  }

  private void draw(Random random) {
    ports.add(source(0, random));
    int nodes = 3 + random.nextInt(9);
    for (int i = 1; i < nodes; i++) {
      String name = "node " + i;
      List<Drawn> inputs = List.of(pick(ports, random), pick(ports, random));
      inputs = inputs.subList(0, 1 + random.nextInt(2));
      Port[] from = inputs.stream().map(Drawn::port).toArray(Port[]::new);
      List<Integer> union = new ArrayList<>();
      inputs.forEach(input -> union.addAll(input.expected()));
      switch (random.nextInt(7)) {
        case 0 -> ports.add(source(i, random));
        case 1 -> views.add(new View(program.broadcast(name, from), sum(union)));
        case 2 -> ports.add(new Drawn(program.pin(name, from), union));
        case 3 -> ports.add(new Drawn(program.routeByRemainder(name, 3, from), union));
        default -> ports.add(operator(i, from, union, random));
      }
    }
    for (Drawn drawn : ports) {
      collected.put(program.collect("collect " + collected.size(), drawn.port()), drawn.expected());
    }
  }

  private Drawn source(int node, Random random) {
    int tasks = random.nextInt(4);
    int each = random.nextInt(4);
    return new Drawn(
        program.numbers("node " + node, tasks, each),
        IntStream.range(0, tasks * each).boxed().toList());
  }

  private Drawn operator(int node, Port[] inputs, List<Integer> union, Random random) {
    List<View> read =
        views.isEmpty() ? List.of() : List.of(pick(views, random)).subList(0, random.nextInt(2));
    Operator<Integer> operator = mapping(node, read.size(), random.nextInt(4) == 0);
    Node made =
        program
            .builder()
            .operator(
                "node " + node, operator, List.of(inputs), read.stream().map(View::node).toList());
    int sum = read.stream().mapToInt(View::sum).sum();
    return new Drawn(
        program.builder().port(made, 0, Program.VALUES),
        union.stream().map(number -> step(number, sum, node)).toList());
  }

  private static int sum(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  private static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void computeWhatListsCompute(long seed) throws Exception {
    Random random = new Random(seed);
    draw(random);
    StagePlan plan = program.plan();
    Executor executor = seed % 3 == 0 ? new LocalExecutor("test", 3) : new SeededExecutor(seed, 2);
    long memoryBytes = random.nextBoolean() ? 2_000 : Backend.LARGE_BYTES;
    JobOptions options =
        JobOptions.DEFAULTS
            .withMaxBundleSize(random.nextInt(4))
            .withCheckMutations(random.nextBoolean())
            .withSkipEmptyPartitions(random.nextBoolean());
    try (TestBed bed = new TestBed(executor, memoryBytes, Clock.system())) {
      JobResult result = bed.run(plan, options);
      collected.forEach(
          (node, expected) ->
              assertEquals(
                  expected.stream().sorted().toList(),
                  Program.<Integer>collected(result, node).stream().sorted().toList(),
                  () -> node.name() + " of\n" + plan.explain()));
    }
  }
}
