package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.event.EngineEvent.TaskFailed;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.OperatorNode;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that cannot be processed, whatever is tried. */
class PoisonRecordsTest {
  private static final String SECRET = "4711";
  private static final String WHY = "it cannot be read";

  private final Program program = new Program();

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  private static String check(String record) throws IOException {
    if (record.startsWith("bad")) {
      throw new IOException(WHY);
    }
    return record;
  }

  /** Nothing that is said of a failure may quote a record. */
  private static void assertDiscreet(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      assertFalse(String.valueOf(t.getMessage()).contains(SECRET), t.toString());
    }
  }

  /** Stores good records, a batch for each, then a bad one among good ones; the failure. */
  private JobFailedException failureOfBad(Feed feed, StreamBed bed) {
    RunningStream stream = bed.start(program.plan()).untilStarted(feed);
    feed.store(List.of("good 1"), 1, 0);
    stream.until("the first mark", () -> feed.committed.size() == 1);
    bed.clock.advance(StreamBed.BATCH_MS);
    feed.store(List.of("good 2", "bad " + SECRET, "good 3"), 2, 0);
    bed.clock.advance(StreamBed.BATCH_MS);
    JobFailedException failure = stream.failure(JobFailedException.class);
    // What came before it counts, and nothing of its own batch.
    assertEquals(List.of("good 1"), bed.log.all("out"));
    assertEquals(List.of(1), feed.committed);
    assertDiscreet(failure);
    bed.log.events(TaskFailed.class).forEach(event -> assertDiscreet(event.cause()));
    return failure;
  }

  @Test
  void aRecordThatAnOperatorCannotTakeFailsTheStreamUnderItsName() throws Exception {
    Feed feed = new Feed();
    Port checked =
        program.map("Pay/Check", (String s) -> check(s), Streams.received(program, "in", feed));
    Streams.sink(program, "out", checked);
    try (StreamBed bed = StreamBed.threads(2)) {
      JobFailedException failure = failureOfBad(feed, bed);
      assertEquals("Pay/Check", failure.operator());
      assertEquals(WHY, failure.userCause().getMessage());
      assertEquals(4, bed.log.events(TaskFailed.class).size());
    }
  }

  /** Cannot write bad records. */
  private record Refusing(Codec<String> codec) implements Codec<String> {
    @Override
    public void encode(String value, OutputStream out) throws IOException {
      codec.encode(check(value), out);
    }

    @Override
    public String decode(InputStream in) throws IOException {
      return codec.decode(in);
    }
  }

  @Test
  void aRecordThatCannotBeWrittenFailsTheStreamUnderTheNameOfTheExchange() throws Exception {
    Feed feed = new Feed();
    Exchange exchange =
        new Exchange.Routed<String>(
            (scope, n) -> record -> 0, new Refusing(Program.unchecked(Program.VALUES)), 2);
    Streams.sink(
        program,
        "out",
        program.exchange("Pay/Spread", exchange, Streams.received(program, "in", feed)));
    // Nothing is written as long as there is memory.
    try (StreamBed bed = StreamBed.threads(2, 1)) {
      JobFailedException failure = failureOfBad(feed, bed);
      assertEquals("Pay/Spread", failure.operator());
      assertEquals(WHY, failure.userCause().getCause().getMessage());
    }
  }

  /** Sends what it cannot take to its second output. */
  private static Operator<String> sorting() {
    return context -> {
      Output<String> good = context.output(0);
      Output<String> bad = context.output(1);
      return record -> {
        try {
          check(record);
        } catch (IOException e) {
          bad.emit(record);
          return;
        }
        good.emit(record);
      };
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void recordsThatAreSortedOutHoldNobodyUp(long seed) throws Exception {
    Random random = new Random(seed);
    Feed feed = new Feed();
    OperatorNode sorting =
        program
            .builder()
            .operator("sort", sorting(), List.of(Streams.received(program, "in", feed)), List.of());
    Streams.sink(
        program,
        "good",
        program.exchange(
            "spread",
            new Exchange.Routed<String>(
                (scope, n) -> record -> Streams.partition(record, n),
                Program.unchecked(Program.VALUES),
                3),
            program.builder().port(sorting, 0, Program.VALUES)));
    Streams.sink(program, "bad", program.builder().port(sorting, 1, Program.VALUES));
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    try (StreamBed bed = StreamBed.threads(2)) {
      RunningStream stream = bed.start(program.plan()).untilStarted(feed);
      for (int i = 0; i < 300; i++) {
        boolean isBad = random.nextInt(3) == 0;
        String record = (isBad ? "bad " : "good ") + i;
        (isBad ? bad : good).add(record);
        if (random.nextBoolean()) {
          feed.store(record);
        } else {
          feed.store(List.of(record), i, i);
        }
        bed.clock.advance(random.nextInt(2 * (int) StreamBed.BATCH_MS));
      }
      feed.end();
      stream.end();
      assertEquals(bad, bed.log.all("bad"));
      assertEquals(good.stream().sorted().toList(), bed.log.all("good").stream().sorted().toList());
    }
  }
}
