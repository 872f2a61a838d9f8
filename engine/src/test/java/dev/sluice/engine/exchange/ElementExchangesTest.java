package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.JobResult;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exchanges that do not group: routed and pinned ones. */
class ElementExchangesTest {
  private static final String BEDS = "dev.sluice.engine.exchange.Beds#all";
  private static final int TASKS = 4;
  private static final int EACH = 1_500;

  @ParameterizedTest
  @MethodSource(BEDS)
  void routeToTheNamedPartitionsInTheOrderOfEachSender(Beds beds) throws Exception {
    Program program = new Program();
    Node out =
        program.collect(
            "out", program.routeByRemainder("route", 7, program.numbers("n", TASKS, EACH)));
    List<List<Integer>> expected = new ArrayList<>();
    for (int partition = 0; partition < 7; partition++) {
      int rest = partition;
      expected.add(IntStream.range(0, TASKS * EACH).filter(n -> n % 7 == rest).boxed().toList());
    }
    try (TestBed bed = beds.open()) {
      assertEquals(expected, bed.run(program.plan()).of(out));
      assertEquals(beds.isSmall(), bed.hasSpilled());
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void giveTheRouterItsTaskAndTheNumberOfPartitions(Beds beds) throws Exception {
    Exchange bySender =
        new Exchange.Routed<Integer>(
            (scope, partitions) -> number -> (scope.partition() + partitions - 1) % partitions,
            Program.unchecked(Program.VALUES),
            TASKS);
    Program program = new Program();
    Node out =
        program.collect("out", program.exchange("r", bySender, program.numbers("n", TASKS, EACH)));
    try (TestBed bed = beds.open()) {
      List<List<Integer>> parts = bed.run(program.plan()).of(out);
      assertEquals(
          List.of(EACH, 2 * EACH, 3 * EACH, 0), parts.stream().map(p -> p.get(0)).toList());
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void pinEachSenderToOneReader(Beds beds) throws Exception {
    Program program = new Program();
    Node out =
        program.collect(
            "out",
            program.pin("pin", program.numbers("n", TASKS, EACH), program.numbers("m", 1, 2)));
    try (TestBed bed = beds.open()) {
      List<List<Integer>> parts = bed.run(program.plan()).of(out);
      assertEquals(TASKS + 1, parts.size());
      for (int task = 0; task < TASKS; task++) {
        assertEquals(
            IntStream.range(task * EACH, (task + 1) * EACH).boxed().toList(), parts.get(task));
      }
      assertEquals(List.of(0, 1), parts.get(TASKS));
      assertEquals(beds.isSmall(), bed.hasSpilled());
    }
  }

  @Test
  void giveBackTheMemoryOfEachPartitionOnceItWasRead() throws Exception {
    List<Long> usedBytes = new ArrayList<>();
    try (TestBed bed = Backend.seeded(1).open()) {
      Operator<Integer> looking =
          context -> {
            usedBytes.add(bed.environment().memory().usedBytes());
            return number -> {};
          };
      Program program = new Program();
      Port routed = program.routeByRemainder("route", 7, program.numbers("n", TASKS, EACH));
      program.operator("look", looking, routed);
      bed.run(program.plan());
    }
    assertEquals(7, usedBytes.size());
    for (int task = 1; task < usedBytes.size(); task++) {
      assertTrue(usedBytes.get(task) < usedBytes.get(task - 1), usedBytes.toString());
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void letTwoStagesReadTheSameExchange(Beds beds) throws Exception {
    Program program = new Program();
    Exchange route =
        new Exchange.Routed<Integer>(
            (scope, n) -> number -> number % n, Program.unchecked(Program.VALUES), 3);
    ExchangeNode exchange =
        program.builder().exchange("r", route, List.of(program.numbers("n", 3, EACH)));
    Node first = program.collect("first", program.builder().port(exchange, 0, Program.VALUES));
    Port again =
        program
            .builder()
            .pull("pull", new AllOfInput(), List.of(exchange, exchange), Program.VALUES);
    Node second = program.collect("second", again);
    try (TestBed bed = beds.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(3 * EACH, Program.collected(result, first).size());
      assertEquals(
          IntStream.range(0, 3 * EACH).boxed().toList(),
          Program.<Integer>collected(result, second).stream().sorted().toList());
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void nameTheExchangeWhoseRouterIsWrong(Beds beds) throws Exception {
    for (int wrong : List.of(-1, 3)) {
      JobFailedException failure =
          failure(beds, (scope, partitions) -> number -> number == 70 ? wrong : 0);
      assertInstanceOf(IndexOutOfBoundsException.class, failure.userCause());
      assertTrue(
          failure.getMessage().contains("partition " + wrong + " of 3"), failure.getMessage());
    }
    JobFailedException failure =
        failure(
            beds,
            (scope, partitions) ->
                number -> {
                  throw new TimeoutException("unroutable");
                });
    assertTrue(failure.getMessage().contains("unroutable"), failure.getMessage());
  }

  private static JobFailedException failure(Beds beds, Exchange.Router<Integer> router)
      throws Exception {
    Exchange exchange =
        new Exchange.Routed<>(router, Program.<Integer>unchecked(Program.VALUES), 3);
    Program program = new Program();
    program.collect("out", program.exchange("Route", exchange, program.numbers("n", 2, 100)));
    try (TestBed bed = beds.open()) {
      JobFailedException failure = bed.fail(program.plan(), JobOptions.DEFAULTS);
      assertEquals("Route", failure.operator());
      return failure;
    }
  }
}
