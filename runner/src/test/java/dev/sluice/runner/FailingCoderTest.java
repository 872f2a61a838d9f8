package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.SecretCoder.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Redistribute;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;

/** A coder that throws when its element is to cross an exchange. */
class FailingCoderTest {
  private final Pipeline pipeline = Pipeline.create(TestOptions.of("--maxTaskAttempts=1"));

  @Test
  void isNamedWithTheGroupedValue() {
    PCollection<KV<String, Secret>> pairs =
        secrets()
            .apply("Pair", ParDo.of(new Pair()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), new SecretCoder()));
    pairs.apply("Group", GroupByKey.create());
    assertTells(FailedRun.of(pipeline), "Group");
  }

  @Test
  void isNamedWithTheKey() {
    PCollection<KV<Secret, String>> pairs =
        secrets()
            .apply("Pair", ParDo.of(new PairByKey()))
            .setCoder(KvCoder.of(new SecretCoder(), StringUtf8Coder.of()));
    pairs.apply("Group", GroupByKey.create());
    assertTells(FailedRun.of(pipeline), "Group");
  }

  @Test
  void isNamedWithTheElementThatChangesTheTask() {
    secrets().apply("Spread", Redistribute.arbitrarily());
    assertTells(FailedRun.of(pipeline), "Spread");
  }

  @Test
  void isNamedWithTheElementOfASideInput() {
    PCollectionView<List<Secret>> view = secrets().apply("View", View.asList());
    pipeline
        .apply("Main", GenerateSequence.from(0).to(1))
        .apply("Look", ParDo.of(new Look(view)).withSideInputs(view));
    assertTells(FailedRun.of(pipeline), "View/View.CreatePCollectionView");
  }

  private PCollection<Secret> secrets() {
    return pipeline
        .apply("Numbers", GenerateSequence.from(0).to(1))
        .apply("Secrets", ParDo.of(new ToSecret()))
        .setCoder(new SecretCoder());
  }

  private static void assertTells(FailedRun run, String transform) {
    run.assertNames(transform);
    StringWriter trace = new StringWriter();
    run.thrown().printStackTrace(new PrintWriter(trace));
    String told = trace.toString();
    assertTrue(told.contains("of " + transform + " cannot encode"), told);
    assertTrue(told.contains("SecretCoder"), told);
    assertTrue(told.contains(Secret.class.getName()), told);
    assertTrue(told.contains("unwilling"), told);
    assertFalse(told.contains(SecretCoder.CONTENT), told);
  }

  private static final class ToSecret extends DoFn<Long, Secret> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(OutputReceiver<Secret> out) {
      out.output(new Secret(SecretCoder.CONTENT));
    }
  }

  private static final class Pair extends DoFn<Secret, KV<String, Secret>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Secret secret, OutputReceiver<KV<String, Secret>> out) {
      out.output(KV.of("key", secret));
    }
  }

  private static final class PairByKey extends DoFn<Secret, KV<Secret, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Secret secret, OutputReceiver<KV<Secret, String>> out) {
      out.output(KV.of(secret, "value"));
    }
  }

  private static final class Look extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<List<Secret>> view;

    Look(PCollectionView<List<Secret>> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.sideInput(view);
    }
  }
}
