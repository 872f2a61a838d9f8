package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.CountingCoder.Item;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often coders are called where everything fits into memory. A writing task looks at the first
 * record that it sends and at each 1,024th after it.
 */
class CoderCallsTest {
  private static final int ELEMENTS = 5000;
  private static final int KEYS = 10;
  private static final int SAMPLES = 5;

  private final CountingCoder values = new CountingCoder(true);

  @Test
  void areNoneBetweenFusedParDos() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    numbers(pipeline)
        .apply("Make", ParDo.of(new ToItem()))
        .setCoder(values)
        .apply("Pass", ParDo.of(new Pass()))
        .setCoder(values)
        .apply("Pass on", ParDo.of(new Pass()))
        .setCoder(values);
    run(pipeline);
    assertCalls(0, values);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areSampledForGroupedValues(boolean consistentKeys) {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    CountingCoder keys = new CountingCoder(consistentKeys);
    pairs(numbers(pipeline), keys).apply("Group", GroupByKey.create());
    run(pipeline);
    assertCalls(SAMPLES, values);
  }

  @Test
  void areSampledInEachWritingTask() {
    Pipeline pipeline = Pipeline.create(TestOptions.of("--parallelism=4"));
    PCollection<Long> spread = numbers(pipeline).apply("Spread", Redistribute.arbitrarily());
    pairs(spread, new CountingCoder(true)).apply("Group", GroupByKey.create());
    run(pipeline);
    // 1,250 records in each of four tasks: the first and the 1,025th.
    assertCalls(8, values);
  }

  @Test
  void areSampledForKeysThatCanBeComparedThemselves() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    CountingCoder keys = new CountingCoder(true);
    pairs(numbers(pipeline), keys).apply("Group", GroupByKey.create());
    run(pipeline);
    assertAtMost(SAMPLES, keys.encoded());
    assertEquals(0, keys.decoded());
  }

  @Test
  void areOneForEachKeyThatIsComparedByItsBytes() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    CountingCoder keys = new CountingCoder(false);
    pairs(numbers(pipeline), keys).apply("Group", GroupByKey.create());
    run(pipeline);
    assertAtMost(ELEMENTS, keys.encoded());
    assertAtMost(KEYS, keys.decoded());
  }

  @Test
  void areSampledForElementsThatChangeTheTask() {
    Pipeline pipeline = Pipeline.create(TestOptions.of());
    numbers(pipeline)
        .apply("Make", ParDo.of(new ToItem()))
        .setCoder(values)
        .apply("Spread", Redistribute.arbitrarily());
    run(pipeline);
    assertCalls(SAMPLES, values);
  }

  private static PCollection<Long> numbers(Pipeline pipeline) {
    return pipeline.apply("Numbers", GenerateSequence.from(0).to(ELEMENTS));
  }

  private PCollection<KV<Item, Item>> pairs(PCollection<Long> numbers, CountingCoder keys) {
    return numbers.apply("Pairs", ParDo.of(new ToPair())).setCoder(KvCoder.of(keys, values));
  }

  private static void run(Pipeline pipeline) {
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  private static void assertCalls(long expected, CountingCoder coder) {
    assertEquals(expected, coder.encoded(), "encoded");
    assertEquals(expected, coder.decoded(), "decoded");
  }

  private static void assertAtMost(long most, long calls) {
    assertTrue(calls <= most, () -> calls + " calls, expected " + most + " at most");
  }

  private static final class ToItem extends DoFn<Long, Item> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Item> out) {
      out.output(new Item(n));
    }
  }

  private static final class Pass extends DoFn<Item, Item> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Item n, OutputReceiver<Item> out) {
      out.output(n);
    }
  }

  private static final class ToPair extends DoFn<Long, KV<Item, Item>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<KV<Item, Item>> out) {
      out.output(KV.of(new Item(n % KEYS), new Item(n)));
    }
  }
}
