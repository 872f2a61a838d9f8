package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How often codecs are asked while everything fits into memory. */
class CodecCallsTest {
  private static final String BACKENDS = "dev.sluice.engine.exec.Backend#all";
  private static final int TASKS = 3;
  private static final int EACH = 2_500;

  /** Records 0, 1,024 and 2,048 of each task. */
  private static final int SAMPLES = 3 * TASKS;

  /** Room for two exchanges of such records encoded, and for less than half of them as objects. */
  private static final long LARGE_EXCHANGE_BYTES = 600_000;

  /** Room for a broadcast of them as objects, which takes more than half of it. */
  private static final long LARGE_BROADCAST_BYTES = 700_000;

  private final CountingCodec values = new CountingCodec(true);
  private final Program program = new Program();

  private static <T> Operator<T> passing() {
    return context -> {
      Output<T> out = context.output(0);
      return out::emit;
    };
  }

  private static void assertCalls(int expected, CountingCodec codec) {
    assertEquals(expected, codec.encoded().get(), "encoded");
    assertEquals(expected, codec.decoded().get(), "decoded");
  }

  private void run(Backend backend, Node out, int expected) throws Exception {
    try (TestBed bed = backend.open()) {
      assertEquals(expected, Program.collected(bed.run(program.plan()), out).size());
    }
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void noCallsBetweenFusedOperators(Backend backend) throws Exception {
    Port port = program.numbers("n", TASKS, EACH);
    for (int i = 0; i < 4; i++) {
      port = program.builder().operator("pass " + i, passing(), List.of(port), values);
    }
    run(backend, program.collect("out", port), TASKS * EACH);
    assertCalls(0, values);
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void oneIn1024ThroughAnExchangeInMemory(Backend backend) throws Exception {
    Exchange.Router<Integer> router = (scope, partitions) -> number -> number % partitions;
    for (Exchange exchange :
        List.of(new Exchange.Routed<>(router, values, 5), new Exchange.Pinned<>(values))) {
      Port numbers = program.numbers("n", TASKS, EACH);
      program.collect("out", program.exchange("exchange", exchange, numbers));
    }
    Exchange broadcast = new Exchange.Broadcast<>(values);
    program.exchange("broadcast", broadcast, program.numbers("n", TASKS, EACH));
    try (TestBed bed = backend.open()) {
      bed.run(program.plan());
    }
    assertCalls(3 * SAMPLES, values);
  }

  private Node grouped(CountingCodec keys) {
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue(n % 50, n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", keys, values, 5, pairs);
    return program.collect("out", program.map("key", (Group<Object, Object> g) -> g.key(), groups));
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void oneIn1024OfKeysThatAreComparedWithEquals(Backend backend) throws Exception {
    CountingCodec keys = new CountingCodec(true);
    run(backend, grouped(keys), 50);
    assertCalls(SAMPLES, values);
    assertEquals(SAMPLES, keys.encoded().get());
    assertEquals(0, keys.decoded().get());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void onceForEachKeyThatIsComparedByItsBytes(Backend backend) throws Exception {
    CountingCodec keys = new CountingCodec(false);
    run(backend, grouped(keys), 50);
    assertCalls(SAMPLES, values);
    assertEquals(TASKS * EACH, keys.encoded().get());
    assertEquals(50, keys.decoded().get());
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void oneIn1024OfALargeBroadcast(Backend backend) throws Exception {
    program.exchange(
        "broadcast", new Exchange.Broadcast<>(values), program.numbers("n", TASKS, EACH));
    try (TestBed bed = backend.open(LARGE_BROADCAST_BYTES)) {
      bed.run(program.plan());
      assertTrue(bed.environment().memory().peakBytes() > LARGE_BROADCAST_BYTES / 2);
    }
    assertCalls(SAMPLES, values);
  }

  private static void assertEncodedOnce(CountingCodec codec, int records) {
    int encoded = codec.encoded().get();
    assertTrue(encoded > records / 2 && encoded <= records + SAMPLES, encoded + " encoded");
    assertEquals(encoded, codec.decoded().get(), "decoded");
  }

  @ParameterizedTest
  @MethodSource(BACKENDS)
  void onceForEachRecordOfALargeExchangeWithoutAFile(Backend backend) throws Exception {
    CountingCodec keys = new CountingCodec(true);
    Node out = grouped(keys);
    Exchange.Router<Integer> router = (scope, partitions) -> number -> number % partitions;
    CountingCodec routed = new CountingCodec(true);
    program.collect(
        "routed out",
        program.exchange(
            "routed", new Exchange.Routed<>(router, routed, 5), program.numbers("m", TASKS, EACH)));
    try (TestBed bed = backend.open(LARGE_EXCHANGE_BYTES)) {
      assertEquals(50, Program.collected(bed.run(program.plan()), out).size());
      assertFalse(bed.hasSpilled());
    }
    assertEncodedOnce(values, TASKS * EACH);
    assertEncodedOnce(routed, TASKS * EACH);
    assertEquals(50, keys.decoded().get());
  }
}
