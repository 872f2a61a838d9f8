package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream without end that is cancelled. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CancelledStreamTest {
  private static final long JOIN_MS = TimeUnit.SECONDS.toMillis(60);
  private static final String READ = "Endless numbers";

  @TempDir private Path folder;

  @Test
  void leavesNeitherThreadsNorFiles() throws Exception {
    Latch reached = new Latch(1);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Pipeline pipeline =
        Pipeline.create(
            TestOptions.of(
                "--jobName=cancelled-stream", "--memoryFraction=0.0001", "--tempFolder=" + folder));
    pipeline
        .apply(READ, GenerateSequence.from(0))
        .apply("Windows", Window.into(FixedWindows.of(Duration.standardDays(1))))
        .apply("Keys", WithKeys.of("key"))
        .apply("Holds", ParDo.of(new HoldsLater(reached)))
        .apply("Group", GroupByKey.create());
    PipelineResult result = pipeline.run();
    reached.await();
    assertFalse(files().isEmpty(), "nothing has spilled yet");
    assertFalse(own(before).isEmpty(), "no thread has started yet");
    assertEquals(State.CANCELLED, result.cancel());
    assertEquals(State.CANCELLED, result.waitUntilFinish());
    assertEquals(List.of(), files());
    assertEquals(List.of(), remaining(before));
  }

  @Test
  void isCancelledAtOnceAfterItsStart() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--tempFolder=" + folder));
    pipeline
        .apply(READ, GenerateSequence.from(0).withRate(1, Duration.millis(1)))
        .apply("Seen", ParDo.of(new Seen<>(new Latch(1))));
    PipelineResult result = pipeline.run();
    assertEquals(State.CANCELLED, result.cancel());
    assertEquals(List.of(), files());
    assertEquals(List.of(), remaining(before));
  }

  @Test
  void isCancelledWhileItsSourceIsSplit() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Latch splitting = new Latch(1);
    Pipeline pipeline = Pipeline.create(TestOptions.of("--tempFolder=" + folder));
    pipeline.apply(READ, Read.from(new NeverSplit(splitting)));
    PipelineResult result = pipeline.run();
    splitting.await();
    assertEquals(State.CANCELLED, result.cancel());
    assertEquals(List.of(), files());
    assertEquals(List.of(), remaining(before));
  }

  /** A source that waits for something which does not come, as for a server that is not there. */
  private static final class NeverSplit extends UnboundedSource<Long, CheckpointMark> {
    private static final long serialVersionUID = 1L;
    private final Latch splitting;

    NeverSplit(Latch splitting) {
      this.splitting = splitting;
    }

    @Override
    public List<NeverSplit> split(int desired, PipelineOptions options) throws Exception {
      splitting.open();
      new CountDownLatch(1).await();
      return List.of(this);
    }

    @Override
    public UnboundedReader<Long> createReader(PipelineOptions options, CheckpointMark mark) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Coder<CheckpointMark> getCheckpointMarkCoder() {
      return null;
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below.filter(path -> !path.equals(folder)).toList();
    }
  }

  /** The live threads of the pipeline: the runner's own, and those that read. */
  private static List<Thread> own(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("sluice-") || isReading(thread))
        .toList();
  }

  private static boolean isReading(Thread thread) {
    return thread.getName().contains(READ);
  }

  private static List<String> remaining(Set<Thread> before) throws InterruptedException {
    List<String> alive = new ArrayList<>();
    for (Thread thread : own(before)) {
      thread.join(JOIN_MS);
      if (thread.isAlive()) {
        alive.add(thread.getName());
      }
    }
    return alive;
  }

  /** Passes many elements on, and then nothing more until it is interrupted. */
  private static final class HoldsLater extends DoFn<KV<String, Long>, KV<String, Long>> {
    private static final long serialVersionUID = 1L;
    private static final long LAST = 50_000;
    private final Latch reached;
    private final Latch never = new Latch(1);

    HoldsLater(Latch reached) {
      this.reached = reached;
    }

    @ProcessElement
    public void process(@Element KV<String, Long> pair, OutputReceiver<KV<String, Long>> out)
        throws InterruptedException {
      out.output(pair);
      if (pair.getValue() == LAST) {
        reached.open();
        never.await();
      }
    }
  }
}
