package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.translation.UnsupportedPipelineException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

/** DoFns that cannot be sent to a worker. */
class UnserializableDoFnTest {

  @Test
  void areAllNamedBeforeAnythingRuns() {
    Shared<AtomicInteger> calls = Shared.of(new AtomicInteger());
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    PCollection<Long> numbers = pipeline.apply("Numbers", GenerateSequence.from(0).to(3));
    numbers.apply("Runs", ParDo.of(new Counts(calls)));
    numbers.apply("First", ParDo.of(new Holds())).apply("Second", ParDo.of(new Holds()));
    UnsupportedPipelineException thrown =
        assertThrows(UnsupportedPipelineException.class, pipeline::run);
    for (String name : new String[] {"First", "Second"}) {
      String problem =
          name + "/ParMultiDo(Holds): its DoFn " + Holds.class.getName() + " cannot be serialized";
      assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
    }
    assertTrue(thrown.getMessage().contains("java.lang.Thread"), thrown::getMessage);
    assertEquals(0, calls.get().get());
  }

  private static final class Holds extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Thread thread = Thread.currentThread();

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Long> out) {
      out.output(n + thread.getPriority());
    }
  }

  private static final class Counts extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Shared<AtomicInteger> calls;

    Counts(Shared<AtomicInteger> calls) {
      this.calls = calls;
    }

    @ProcessElement
    public void process() {
      calls.get().incrementAndGet();
    }
  }
}
