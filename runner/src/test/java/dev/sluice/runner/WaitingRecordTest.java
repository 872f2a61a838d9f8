package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Timers that are due while a record waits for the time of the next batch, a minute later. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WaitingRecordTest {

  /** The second record comes when the first is committed, the third when the timer has fired. */
  private static final class OneByOne extends InBatches {
    private static final long serialVersionUID = 1L;
    private final Flag fired;

    OneByOne(Flag fired) {
      super(1);
      this.fired = fired;
    }

    @Override
    boolean gives(int split, long next) {
      return next < 2 ? super.gives(split, next) : fired.isRaised();
    }
  }

  static final class Sets extends DoFn<KV<Long, Long>, Void> {
    private static final long serialVersionUID = 1L;
    private final Flag fired;

    @TimerId("soon")
    private final TimerSpec spec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    Sets(Flag fired) {
      this.fired = fired;
    }

    @ProcessElement
    public void process(@Element KV<Long, Long> pair, @TimerId("soon") Timer timer) {
      if (pair.getValue() == 0) {
        timer.offset(Duration.millis(50)).setRelative();
      }
    }

    @OnTimer("soon")
    public void soon() {
      fired.raise();
    }
  }

  @Test
  void doesNotKeepThemWaiting() {
    Flag fired = new Flag();
    Pipeline pipeline = Pipeline.create(TestOptions.of("--batchDurationMs=60000"));
    pipeline
        .apply("Numbers", Read.from(NumbersSource.of(3, new OneByOne(fired))))
        .apply("Keys", ParDo.of(new ByRest(1)))
        .apply("Sets", ParDo.of(new Sets(fired)));

    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }
}
