package dev.sluice.benchmarks;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Milliseconds from {@code run()} to the first element that user code sees, for the first and the
 * second pipeline of a process. Without arguments it starts child processes.
 */
public final class StartBenchmark {
  private StartBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      System.out.printf(
          Locale.ROOT,
          "run() to the first element: first pipeline %.0f ms, second %.0f ms%n",
          Child.run("1g", StartBenchmark.class, "1"),
          Child.run("1g", StartBenchmark.class, "2"));
      return;
    }
    double millis = 0;
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      millis = runOnce();
    }
    Child.report(millis);
  }

  private static double runOnce() {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=SluiceRunner").create());
    pipeline
        .apply(Create.of("a", "b", "c"))
        .apply(ParDo.of(new NoteFirst()))
        .apply(Count.perElement());
    NoteFirst.FIRST.set(0);
    long start = System.nanoTime();
    pipeline.run().waitUntilFinish();
    return (NoteFirst.FIRST.get() - start) / 1e6;
  }

  private static final class NoteFirst extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private static final AtomicLong FIRST = new AtomicLong();

    @ProcessElement
    public void process(@Element String element, OutputReceiver<String> output) {
      FIRST.compareAndSet(0, System.nanoTime());
      output.output(element);
    }
  }
}
