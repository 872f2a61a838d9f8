package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.engine.batch.StateStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pipelines that fail and are started again with the same checkpoint folder. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RecoveryTest {
  private static final int COUNT = 2_000;

  @TempDir Path folder;

  /** Emits for each number how many its key has had. */
  private static final class Count extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;

    private final Flag fails;

    Count(Flag fails) {
      this.fails = fails;
    }

    @StateId("count")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<Long, Long> pair,
        @StateId("count") ValueState<Long> count,
        OutputReceiver<KV<Long, Long>> output) {
      Long before = count.read();
      count.write(before == null ? 1 : before + 1);
      if (pair.getValue() == COUNT / 2 && fails.raiseFirst()) {
        throw new IllegalStateException("once");
      }
      output.output(KV.of(pair.getKey(), count.read()));
    }
  }

  /** Gives the second half of its records when the first has been finalized. */
  private static final class InTwoHalves extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
    private final Flag half = new Flag();

    @Override
    boolean gives(int split, long next) {
      return next < COUNT / 2 || half.isRaised();
    }

    @Override
    void finalized(int split, long next) {
      if (next == COUNT / 2) {
        half.raise();
      }
    }
  }

  private Pipeline pipeline(
      StateStorage store,
      int batch,
      InTwoHalves conduct,
      Flag fails,
      Gathered<KV<Long, Long>> collected) {
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--batchDurationMs=1",
                "--maxBatchRecords=" + batch,
                "--maxTaskAttempts=1",
                "--checkpointIntervalMs=5",
                "--stateStore=" + store,
                "--checkpointDir=" + folder));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(COUNT, conduct)))
        .apply("Keys", WithKeys.of((Long n) -> n % 10).withKeyType(TypeDescriptors.longs()))
        .apply("Count", ParDo.of(new Count(fails)))
        .apply("Collected", collected);
    return pipeline;
  }

  /** With small batches tasks read the source themselves. */
  @ParameterizedTest
  @CsvSource({"HEAP, HEAP, 50000", "HEAP, DISK, 20", "DISK, HEAP, 20", "DISK, DISK, 50000"})
  void stateAndSourcesGoOnWhereTheLastCheckpointWas(
      StateStorage before, StateStorage after, int batch) {
    InTwoHalves conduct = new InTwoHalves();
    Flag fails = new Flag();
    Gathered<KV<Long, Long>> first = new Gathered<>();
    assertThrows(
        RuntimeException.class,
        () -> pipeline(before, batch, conduct, fails, first).run().waitUntilFinish());
    Gathered<KV<Long, Long>> second = new Gathered<>();
    assertEquals(
        State.DONE, pipeline(after, batch, conduct, fails, second).run().waitUntilFinish());
    // Those of the first half are in the state of the group that collects all.
    List<KV<Long, Long>> expected = new ArrayList<>();
    LongStream.range(0, COUNT).forEach(n -> expected.add(KV.of(n % 10, n / 10 + 1)));
    assertEquals(sorted(expected), sorted(second.elements()));
  }

  private static List<String> sorted(List<KV<Long, Long>> pairs) {
    return pairs.stream().map(KV::toString).sorted().toList();
  }
}
