package dev.sluice.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.JobFailedException;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.ReceiverSource;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams whose receivers misbehave: what they have stored comes once, or the failure has a name.
 * The clock stands still, so that a batch comes when the receivers are held up or at their end.
 */
class BadReceiversTest {
  private static final int COUNT = 60;

  /** Restarts at once. */
  private static final StreamOptions OPTIONS =
      StreamBed.OPTIONS.withReceivers(ReceiverOptions.DEFAULTS.withRestartDelaysMs(0, 0));

  private final Program program = new Program();

  private static void throwIt(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  /** Throws before each seventh record, the first time. */
  private static final class ThrowsInOnStart extends Lines {
    private final Throwable thrown;
    private int failedAt = -1;

    ThrowsInOnStart(Throwable thrown) {
      super("line ", COUNT);
      this.thrown = thrown;
    }

    @Override
    void before(int next) throws Exception {
      if (next % 7 == 3 && failedAt < next) {
        failedAt = next;
        throwIt(thrown);
      }
    }
  }

  /** Restarts before each seventh record and cannot be stopped well. */
  private static final class ThrowsInOnStop extends Lines {
    private final Throwable thrown;
    private int restartedAt = -1;

    ThrowsInOnStop(Throwable thrown) {
      super("line ", COUNT);
      this.thrown = thrown;
    }

    @Override
    void before(int next) {
      if (next % 7 == 3 && restartedAt < next) {
        restartedAt = next;
        restart("a new connection");
      }
    }

    @Override
    public void onStop() throws Exception {
      throwIt(thrown);
    }
  }

  /** Cannot take every other mark. */
  private static final class ThrowsInOnCommitted extends Lines {
    private final Throwable thrown;

    ThrowsInOnCommitted(Throwable thrown) {
      super("line ", COUNT);
      this.thrown = thrown;
    }

    @Override
    public void onCommitted(Object mark) throws Exception {
      super.onCommitted(mark);
      if ((Integer) mark % 2 == 0) {
        throwIt(thrown);
      }
    }
  }

  private static List<Throwable> thrown() {
    return List.of(
        new IOException("broker is away"),
        new IllegalStateException("not connected"),
        new LinkageError("wrong version"));
  }

  /** Runs a stream of these receivers to its end; all records, as they came out. */
  private List<Object> run(StreamBed bed, List<Lines> receivers) throws Exception {
    Streams.sink(program, "out", Streams.received(program, "in", receivers));
    bed.start(program.plan(), OPTIONS).end();
    return bed.log.all("out");
  }

  private static List<ReceiverEvent.Failed> failures(StreamBed bed) {
    return bed.receiverEvents.stream()
        .filter(ReceiverEvent.Failed.class::isInstance)
        .map(ReceiverEvent.Failed.class::cast)
        .toList();
  }

  @Test
  void nothingIsLostWhenOnStartThrowsAmidItsRecords() throws Exception {
    Lines lines = new ThrowsInOnStart(new IOException("connection lost"));
    try (StreamBed bed = StreamBed.threads(2)) {
      assertEquals(lines.records, run(bed, List.of(lines)));
      assertEquals(9, failures(bed).size());
    }
  }

  @Test
  void anErrorInOnStartFailsTheStreamUnderTheNameOfTheSource() throws Exception {
    LinkageError thrown = new LinkageError("wrong version");
    Streams.sink(
        program, "out", Streams.received(program, "Read/Lines", new ThrowsInOnStart(thrown)));
    try (StreamBed bed = StreamBed.threads(2)) {
      JobFailedException failure =
          bed.start(program.plan(), OPTIONS).failure(JobFailedException.class);
      assertEquals("Read/Lines", failure.operator());
      assertSame(thrown, failure.userCause());
    }
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void nothingIsLostWhenOnStopThrows(Throwable thrown) throws Exception {
    Lines lines = new ThrowsInOnStop(thrown);
    try (StreamBed bed = StreamBed.threads(2)) {
      assertEquals(lines.records, run(bed, List.of(lines)));
      List<ReceiverEvent.Failed> failed =
          failures(bed).stream().filter(event -> event.cause() == thrown).toList();
      // At eight restarts and at the end, which comes before the ninth.
      assertEquals(9, failed.size());
      assertTrue(failed.get(0).message().contains("onStop"), failed.get(0).message());
      assertEquals("in", failed.get(0).name());
    }
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void everyMarkIsToldAndReportedWhenOnCommittedThrows(Throwable thrown) throws Exception {
    Lines lines = new ThrowsInOnCommitted(thrown);
    try (StreamBed bed = StreamBed.threads(2)) {
      assertEquals(lines.records, run(bed, List.of(lines)));
      assertEquals(IntStream.range(0, COUNT).boxed().toList(), lines.committed);
      List<ReceiverEvent.Failed> failed = failures(bed);
      assertEquals(COUNT / 2, failed.size());
      failed.forEach(event -> assertSame(thrown, event.cause()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void allReceiversAreReadIfThereAreMoreThanWorkers(int workers) throws Exception {
    List<Lines> lines =
        IntStream.range(0, 3 * workers + 1).mapToObj(i -> new Lines(i + ": ", COUNT)).toList();
    try (StreamBed bed = StreamBed.threads(workers)) {
      List<Object> came = run(bed, lines);
      for (int i = 0; i < lines.size(); i++) {
        String prefix = i + ": ";
        assertEquals(
            lines.get(i).records,
            came.stream().filter(record -> ((String) record).startsWith(prefix)).toList());
      }
      assertEquals(lines.size() * COUNT, came.size());
    }
  }

  @Test
  void aReceiverThatStopsByItselfIsAtItsEnd() throws Exception {
    Lines stopping =
        new Lines("", COUNT) {
          @Override
          void last() {
            stop("that is all");
          }
        };
    Lines other = new Lines("1", COUNT);
    Port times =
        program.map(
            "as time",
            (String s) -> Long.valueOf(s) + 1_000,
            Streams.received(program, "in", List.of(stopping, other)));
    Streams.sink(program, "out", program.operator("delay", new Delay(), times));
    try (StreamBed bed = StreamBed.threads(2)) {
      bed.start(program.plan(), OPTIONS).end();
      // What waits for a watermark that it never promised comes, too.
      assertEquals(
          Stream.concat(stopping.records.stream(), other.records.stream())
              .map(record -> Long.valueOf(record) + 1_000)
              .sorted()
              .toList(),
          bed.log.all("out").stream().sorted().toList());
      assertEquals(List.of(), failures(bed));
    }
  }

  @Test
  void aSourceWithoutReceiversIsAtItsEnd() throws Exception {
    try (StreamBed bed = StreamBed.threads(1)) {
      assertEquals(List.of(), run(bed, List.of()));
    }
  }

  /** Which call of a source fails. */
  private enum Call {
    RECEIVERS,
    CODEC
  }

  private record Broken(Call call, RuntimeException thrown) implements ReceiverSource<String> {
    @Override
    public List<Lines> receivers(int parallelism, TaskScope scope) {
      if (call == Call.RECEIVERS) {
        throw thrown;
      }
      return List.of(new Lines("", 1));
    }

    @Override
    public Codec<String> codec() {
      if (call == Call.CODEC) {
        throw thrown;
      }
      return Program.unchecked(Program.VALUES);
    }
  }

  private JobFailedException failureOf(ReceiverSource<String> source) throws Exception {
    Port in = program.builder().source("Read/Broken", source, Program.VALUES);
    Streams.sink(program, "out", in);
    try (StreamBed bed = StreamBed.threads(2)) {
      return bed.start(program.plan(), OPTIONS).failure(JobFailedException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aSourceThatThrowsFailsTheStreamUnderItsName(Call call) throws Exception {
    IllegalStateException thrown = new IllegalStateException("no such topic");
    JobFailedException failure = failureOf(new Broken(call, thrown));
    assertEquals("Read/Broken", failure.operator());
    assertSame(thrown, failure.userCause());
  }

  static Set<Call> calls() {
    return Set.of(Call.values());
  }

  @Test
  void aSourceThatGivesAReceiverTwiceFailsTheStreamUnderItsName() throws Exception {
    Feed feed = new Feed();
    JobFailedException failure = failureOf(Feed.source(feed, feed));
    assertEquals("Read/Broken", failure.operator());
    assertInstanceOf(IllegalStateException.class, failure.userCause());
  }
}
