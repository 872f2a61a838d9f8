package dev.sluice.benchmarks;

import dev.sluice.engine.event.EngineEvent;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.JobCancelledException;
import dev.sluice.engine.exec.JobFailedException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * A pipeline that ends as if it were killed. "write" fills the state, and reports the bytes of the
 * checkpoint of it; "recover" goes on from that, and reports the seconds until the first batch.
 * Arguments: which, the folder of the checkpoints, keys.
 */
final class RecoveryRun {
  private static final int CELL_BYTES = 1_000;

  private RecoveryRun() {}

  public static void main(String[] args)
      throws JobFailedException, JobCancelledException, InterruptedException {
    long start = System.nanoTime();
    boolean recovers = args[0].equals("recover");
    Path folder = Path.of(args[1]);
    long keys = Long.parseLong(args[2]);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply("Numbers", Read.from(new Bursts()))
        .apply("Keys", WithKeys.of((Long n) -> n % keys).withKeyType(TypeDescriptors.longs()))
        .apply("Keep", ParDo.of(new Keep(recovers)));
    RecordedStream stream = new RecordedStream(pipeline, folder);
    stream.run(recovers ? new FirstBatch(start) : Filled.begin(stream, folder, keys));
  }

  /** Nothing is closed, flushed or told. */
  private static void end(double figure) {
    Child.report(figure);
    Runtime.getRuntime().halt(1);
  }

  private record FirstBatch(long startNanos) implements EngineListener {
    @Override
    public void onEvent(EngineEvent event) {
      if (event instanceof EngineEvent.BatchCompleted batch && batch.records() > 0) {
        end((System.nanoTime() - startNanos) / 1e9);
      }
    }
  }

  /** Asks for a checkpoint when all keys have their cell. */
  private static final class Filled implements EngineListener {
    private final RecordedStream stream;
    private final Path folder;
    private final long keys;
    private long committed;

    private Filled(RecordedStream stream, Path folder, long keys) {
      this.stream = stream;
      this.folder = folder;
      this.keys = keys;
    }

    static Filled begin(RecordedStream stream, Path folder, long keys) {
      Bursts.until(keys);
      return new Filled(stream, folder, keys);
    }

    @Override
    public void onEvent(EngineEvent event) {
      if (event instanceof EngineEvent.BatchCompleted batch) {
        boolean wasFilled = committed >= keys;
        committed += batch.records();
        if (!wasFilled && committed >= keys) {
          stream.askForCheckpoint();
        }
      } else if (event instanceof EngineEvent.BatchDurable) {
        File[] files = folder.resolve("checkpoints").toFile().listFiles();
        end((double) Arrays.stream(files).mapToLong(File::length).sum());
      }
    }
  }

  /** Gives each key random bytes, which do not compress, or sees that it has them. */
  private static final class Keep extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;

    @StateId("cell")
    private final StateSpec<ValueState<byte[]>> spec = StateSpecs.value(ByteArrayCoder.of());

    private final boolean has;

    Keep(boolean has) {
      this.has = has;
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @StateId("cell") ValueState<byte[]> cell) {
      byte[] bytes = new byte[CELL_BYTES];
      new Random(pair.getKey()).nextBytes(bytes);
      if (has && !Arrays.equals(bytes, cell.read())) {
        throw new IllegalStateException("the cell of " + pair.getKey() + " is lost");
      }
      cell.write(bytes);
    }
  }
}
