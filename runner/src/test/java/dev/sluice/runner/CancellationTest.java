package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is cancelled while it writes and reads temporary files. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CancellationTest {
  private static final int ELEMENTS = 20_000;

  @TempDir private Path folder;
  private final Latch reached = new Latch(1);

  @Test
  void leavesNothingBehindInMidWrite() throws Exception {
    Pipeline pipeline = pipeline("cancelled-writing");
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Keys", WithKeys.of("key"))
        .apply("Held", ParDo.of(new HoldsAtHalf(reached)))
        .apply("Group", GroupByKey.create());
    assertLeavesNothing(pipeline, "cancelled-writing");
  }

  @Test
  void leavesNothingBehindInMidRead() throws Exception {
    Pipeline pipeline = pipeline("cancelled-reading");
    pipeline
        .apply("Numbers", GenerateSequence.from(0).to(ELEMENTS))
        .apply("Keys", WithKeys.of("key"))
        .apply("Group", GroupByKey.create())
        .apply("Held", ParDo.of(new HoldsInGroup(reached)));
    assertLeavesNothing(pipeline, "cancelled-reading");
  }

  private Pipeline pipeline(String jobName) {
    return Pipeline.create(
        TestOptions.of(
            "--jobName=" + jobName, "--memoryFraction=0.00002", "--tempFolder=" + folder));
  }

  private void assertLeavesNothing(Pipeline pipeline, String jobName) throws Exception {
    PipelineResult result = pipeline.run();
    reached.await();
    assertFalse(files().isEmpty(), "nothing has spilled yet");
    assertFalse(PipelineThreads.workers(jobName).isEmpty(), "no worker has started yet");
    assertEquals(State.CANCELLED, result.cancel());
    assertEquals(State.CANCELLED, result.getState());
    assertEquals(List.of(), files());
    assertEquals(List.of(), PipelineThreads.remaining(jobName));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below.filter(path -> !path.equals(folder)).toList();
    }
  }

  /** Passes half of its elements on, and then nothing more until it is interrupted. */
  private static final class HoldsAtHalf extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private final Latch reached;
    private final Latch never = new Latch(1);

    HoldsAtHalf(Latch reached) {
      this.reached = reached;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<KV<String, Long>> out)
        throws InterruptedException {
      out.output(pair);
      if (pair.getValue() == ELEMENTS / 2) {
        reached.open();
        never.await();
      }
    }
  }

  /** Reads half of its group, and waits until it is interrupted. */
  private static final class HoldsInGroup extends DoFn<KV<String, Iterable<Long>>, Void> {
    private static final long serialVersionUID = 1L;
    private final Latch reached;
    private final Latch never = new Latch(1);

    HoldsInGroup(Latch reached) {
      this.reached = reached;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<Long>> group) throws InterruptedException {
      int read = 0;
      for (Long n : group.getValue()) {
        read += n >= 0 ? 1 : 0;
        if (read == ELEMENTS / 2) {
          reached.open();
          never.await();
        }
      }
    }
  }
}
