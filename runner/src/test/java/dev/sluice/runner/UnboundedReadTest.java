package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.io.Read;
import org.junit.jupiter.api.Test;

/** Input without end. */
class UnboundedReadTest {

  @Test
  @SuppressWarnings("deprecation") // an unbounded source that needs no other library
  void isReadIfItIsBounded() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    Collected<Long> collected = new Collected<>();
    pipeline
        .apply("Numbers", Read.from(CountingSource.unbounded()).withMaxNumRecords(20))
        .apply("Collected", collected);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    assertEquals(20, collected.elements().size());
  }
}
