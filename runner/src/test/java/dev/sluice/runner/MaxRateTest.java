package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound of the records that a reader takes a second. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MaxRateTest {
  private static final int RATE = 500;
  private static final int ELEMENTS = 1_000;

  /** What may come at once: a block of 200 ms, the limiter's own tenth of a second, one more. */
  private static final int AT_ONCE = RATE * 3 / 10 + 2;

  @ParameterizedTest
  @CsvSource({
    "--batchDurationMs=10, --backpressure=false",
    "--batchDurationMs=500, --backpressure=true"
  })
  void isNotExceeded(String batch, String backpressure) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxRate=" + RATE, batch, backpressure));
    NumbersSource source = NumbersSource.of(ELEMENTS, new Prompt());
    Timed timed = new Timed(System.nanoTime());
    Gathered<Long> gathered = new Gathered<>();
    pipeline
        .apply("Numbers", Read.from(source))
        .apply("Timed", ParDo.of(timed))
        .apply("Gathered", gathered);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(source.numbers(), gathered.sorted());
    assertNull(timed.tooMany.get().get());
  }

  /** Has all its records at once. */
  private static final class Prompt extends NumbersSource.Conduct {
    private static final long serialVersionUID = 1L;
  }

  /** Notes when more has come than could have by then. */
  private static final class Timed extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final long startNs;
    private final Shared<AtomicReference<String>> tooMany = Shared.of(new AtomicReference<>());

    Timed(long startNs) {
      this.startNs = startNs;
    }

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      out.output(n);
      double seconds = (System.nanoTime() - startNs) / 1e9;
      if (n > seconds * RATE + AT_ONCE) {
        tooMany.get().set(n + " after " + seconds + " s");
      }
    }
  }
}
