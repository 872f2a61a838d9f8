package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.Mutable.MutableCoder;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

/** DoFns that change what is not theirs, with the option that looks for them. */
class MutationCheckTest {

  @Test
  void catchesADoFnThatChangesItsInput() {
    Pipeline pipeline = pipeline(true);
    elements(pipeline).apply("Guilty", ParDo.of(new ChangesInput()));
    assertCaught(FailedRun.of(pipeline), "Guilty/ParMultiDo(ChangesInput)");
  }

  @Test
  void catchesADoFnThatChangesItsOutput() {
    Pipeline pipeline = pipeline(true);
    elements(pipeline)
        .apply("Guilty", ParDo.of(new ChangesOutput()))
        .setCoder(new MutableCoder())
        .apply("Innocent", ParDo.of(new Reads()));
    assertCaught(FailedRun.of(pipeline), "Guilty/ParMultiDo(ChangesOutput)");
  }

  @Test
  void catchesADoFnThatChangesAnEarlierOutput() {
    Pipeline pipeline = pipeline(true);
    elements(pipeline)
        .apply("Guilty", ParDo.of(new ChangesEarlierOutput()))
        .setCoder(new MutableCoder())
        .apply("Innocent", ParDo.of(new Reads()));
    assertCaught(FailedRun.of(pipeline), "Guilty/ParMultiDo(ChangesEarlierOutput)");
  }

  @Test
  void catchesADoFnThatChangesAGroupedValue() {
    Pipeline pipeline = pipeline(true);
    elements(pipeline)
        .apply("Keys", WithKeys.of("key"))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), new MutableCoder()))
        .apply("Group", GroupByKey.create())
        .apply("Guilty", ParDo.of(new ChangesGroup()));
    assertCaught(FailedRun.of(pipeline), "Guilty/ParMultiDo(ChangesGroup)");
  }

  @Test
  void findsNothingWrongWithOthers() {
    Pipeline pipeline = pipeline(true);
    elements(pipeline).apply("Innocent", ParDo.of(new Reads()));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  @Test
  void looksForNobodyByDefault() {
    Pipeline pipeline = pipeline(false);
    elements(pipeline).apply("Guilty", ParDo.of(new ChangesInput()));
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
  }

  private static Pipeline pipeline(boolean check) {
    return Pipeline.create(TestOptions.of("--maxTaskAttempts=1", "--checkMutations=" + check));
  }

  private static PCollection<Mutable> elements(Pipeline pipeline) {
    return pipeline
        .apply("Numbers", GenerateSequence.from(0).to(5))
        .apply("Make", ParDo.of(new Make()))
        .setCoder(new MutableCoder());
  }

  private static void assertCaught(FailedRun run, String guilty) {
    run.assertNames(guilty);
    String message = run.cause().getMessage();
    assertTrue(message.contains(guilty), message);
    assertTrue(message.contains("was changed"), message);
  }

  private static final class Make extends DoFn<Long, Mutable> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Long n, OutputReceiver<Mutable> out) {
      out.output(new Mutable(n.byteValue()));
    }
  }

  private static final class Reads extends DoFn<Mutable, Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Mutable element, OutputReceiver<Integer> out) {
      out.output(element.hashCode());
    }
  }

  private static final class ChangesInput extends DoFn<Mutable, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Mutable element) {
      element.change();
    }
  }

  private static final class ChangesOutput extends DoFn<Mutable, Mutable> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(OutputReceiver<Mutable> out) {
      Mutable mine = new Mutable((byte) 1);
      out.output(mine);
      mine.change();
    }
  }

  private static final class ChangesEarlierOutput extends DoFn<Mutable, Mutable> {
    private static final long serialVersionUID = 1L;
    private transient Mutable reused;

    @StartBundle
    public void startBundle() {
      reused = new Mutable((byte) 1);
    }

    @ProcessElement
    public void process(OutputReceiver<Mutable> out) {
      reused.change();
      out.output(reused);
    }
  }

  private static final class ChangesGroup extends DoFn<KV<String, Iterable<Mutable>>, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<Mutable>> group) {
      group.getValue().forEach(Mutable::change);
    }
  }
}
