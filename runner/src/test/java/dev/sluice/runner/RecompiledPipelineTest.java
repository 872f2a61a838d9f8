package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that were changed, and are started with the checkpoint folder of what they were. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecompiledPipelineTest {
  private static final int COUNT = 200;

  @TempDir Path folder;

  private final Gathered<KV<Long, Long>> gathered = new Gathered<>();

  /** The first program has come to the half of its records. */
  @BeforeEach
  void runHalf() throws Exception {
    Latch half = new Latch(1);
    var result =
        program(new Half(half), "Count", new Count(), VarLongCoder.of(), new Gathered<>()).run();
    half.await();
    assertEquals(State.CANCELLED, result.cancel());
  }

  @Test
  void goOnWithClassesOfOtherNames() {
    assertGoesOn(new Tally());
  }

  @Test
  void areRefusedIfATransformWithStateHasAnotherName() {
    assertRefused(
        program(new All(), "Counted", new Count(), VarLongCoder.of(), gathered), "Count/");
    assertGoesOn(new Count());
  }

  @Test
  void areRefusedIfTheCoderOfAStateIsAnother() {
    assertRefused(
        program(new All(), "Count", new CountFixed(), VarLongCoder.of(), gathered),
        "Count/",
        "VarLongCoder",
        "BigEndianLongCoder");
    assertGoesOn(new Count());
  }

  @Test
  void areRefusedIfTheCoderOfTheKeyIsAnother() {
    assertRefused(
        program(new All(), "Count", new Count(), BigEndianLongCoder.of(), gathered),
        "Count/",
        "VarLongCoder",
        "BigEndianLongCoder");
    assertGoesOn(new Count());
  }

  /** Or it would be read from the beginning, into the state of what has been read of it. */
  @Test
  void areRefusedIfASourceHasAnotherName() {
    assertRefused(
        program("Figures", new All(), "Count", new Count(), VarLongCoder.of(), gathered),
        "Numbers",
        "Figures");
    assertGoesOn(new Count());
  }

  /** Nothing is lost, and nothing counted twice. */
  private void assertGoesOn(DoFn<KV<Long, Long>, KV<Long, Long>> fn) {
    Pipeline pipeline = program(new All(), "Count", fn, VarLongCoder.of(), gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    List<KV<Long, Long>> expected = new ArrayList<>();
    LongStream.range(0, COUNT).forEach(n -> expected.add(KV.of(n % 10, n / 10 + 1)));
    assertEquals(sorted(expected), sorted(gathered.elements()));
  }

  private static List<String> sorted(List<KV<Long, Long>> pairs) {
    return pairs.stream().map(KV::toString).sorted().toList();
  }

  private static void assertRefused(Pipeline pipeline, String... named) {
    String message = FailedRun.of(pipeline).cause().getMessage();
    for (String name : named) {
      assertTrue(message.contains(name), () -> name + " is not in: " + message);
    }
  }

  private Pipeline program(
      NumbersSource.Conduct conduct,
      String name,
      DoFn<KV<Long, Long>, KV<Long, Long>> fn,
      Coder<Long> keys,
      Gathered<KV<Long, Long>> results) {
    return program("Numbers", conduct, name, fn, keys, results);
  }

  private Pipeline program(
      String source,
      NumbersSource.Conduct conduct,
      String name,
      DoFn<KV<Long, Long>, KV<Long, Long>> fn,
      Coder<Long> keys,
      Gathered<KV<Long, Long>> results) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=1",
                "--checkpointIntervalMs=5",
                "--checkpointDir=" + folder.resolve("checkpoints")));
    pipeline
        .apply(source, Read.from(NumbersSource.of(COUNT, conduct)))
        .apply("Keys", ParDo.of(new Keys()))
        .setCoder(KvCoder.of(keys, VarLongCoder.of()))
        .apply(name, ParDo.of(fn))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply("Gathered", results);
    return pipeline;
  }

  /** Gives all. */
  private static final class All extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
  }

  /** Gives the first half, and opens a latch when that is finalized. */
  private static final class Half extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Latch half;

    Half(Latch half) {
      this.half = half;
    }

    @Override
    boolean gives(int split, long next) {
      return next < COUNT / 2;
    }

    @Override
    void finalized(int split, long next) {
      if (next == COUNT / 2) {
        half.open();
      }
    }
  }

  private static final class Keys extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<KV<Long, Long>> output) {
      output.output(KV.of(number % 10, number));
    }
  }

  private static KV<Long, Long> counted(KV<Long, Long> pair, ValueState<Long> count) {
    Long before = count.read();
    count.write(before == null ? 1 : before + 1);
    return KV.of(pair.getKey(), count.read());
  }

  /** As it is at first. */
  private static final class Count extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("count")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @StateId("count") ValueState<Long> count,
        OutputReceiver<KV<Long, Long>> output) {
      output.output(counted(pair, count));
    }
  }

  /** The same with another name, and code. */
  private static final class Tally extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 2L;

    @StateId("count")
    private final StateSpec<ValueState<Long>> tally = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void tally(
        OutputReceiver<KV<Long, Long>> output,
        @StateId("count") ValueState<Long> tally,
        @Element KV<Long, Long> pair) {
      output.output(counted(pair, tally));
    }
  }

  /** The same with another coder of its state. */
  private static final class CountFixed extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    @StateId("count")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(BigEndianLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @StateId("count") ValueState<Long> count,
        OutputReceiver<KV<Long, Long>> output) {
      output.output(counted(pair, count));
    }
  }
}
