package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.translation.UnsupportedPipelineException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.junit.jupiter.api.Test;

/** Input without end. */
class UnboundedReadTest {

  @Test
  void isRefusedWithTheNameOfEachTransform() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    pipeline.apply("Odd", GenerateSequence.from(1));
    pipeline.apply("Fine", GenerateSequence.from(0).to(10));
    pipeline.apply("Even", GenerateSequence.from(2));
    UnsupportedPipelineException thrown =
        assertThrows(UnsupportedPipelineException.class, pipeline::run);
    String message = thrown.getMessage();
    assertTrue(message.contains("Odd/Read(UnboundedCountingSource)"), message);
    assertTrue(message.contains("Even/Read(UnboundedCountingSource)"), message);
    assertTrue(message.contains("unbounded input is not supported"), message);
    assertTrue(message.contains("withMaxNumRecords"), message);
    assertFalse(message.contains("Fine"), message);
  }

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
