package dev.sluice.runner;

import dev.sluice.runner.FailingSource.Place;
import dev.sluice.runner.LifeCycle.OwnException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source of the user's that throws. */
class FailingSourceTest {

  @ParameterizedTest
  @EnumSource
  void isTheCauseAndIsNamed(Place failing) {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));
    pipeline.apply("Within/Read", Read.from(new FailingSource(failing)));
    FailedRun run = FailedRun.of(pipeline);
    run.assertCause(OwnException.class, failing.message());
    run.assertNames("Within/Read");
  }
}
