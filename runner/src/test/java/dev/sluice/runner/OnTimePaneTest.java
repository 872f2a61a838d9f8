package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pane at a window's end when early ones have taken all that there was. */
class OnTimePaneTest {
  private static final OnceTrigger EACH = AfterPane.elementCountAtLeast(1);
  private static final OnceTrigger LATER =
      AfterProcessingTime.pastFirstElementInPane().plusDelayOf(Duration.standardMinutes(1));

  /** A sum with the timing of its pane. */
  private static final class Timed extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Long, Long> sum, PaneInfo pane, OutputReceiver<String> output) {
      output.output(sum.getValue() + " " + pane.getTiming() + (pane.isLast() ? ", the last" : ""));
    }
  }

  private static List<String> panes(String option, Trigger trigger) {
    Pipeline pipeline = Pipeline.create(TestOptions.of(option));
    Gathered<String> panes = new Gathered<>();
    pipeline
        .apply("Number", Create.timestamped(TimestampedValue.of(7L, Instant.ofEpochMilli(1))))
        .apply("Keys", ParDo.of(new ByRest(1)))
        .apply(
            "Windows",
            Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(10)))
                .triggering(trigger)
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Sum", Sum.longsPerKey())
        .apply("Timed", ParDo.of(new Timed()))
        .apply("Panes", panes);
    assertEquals(State.DONE, pipeline.run().waitUntilFinish());
    return panes.sorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--streaming=false", "--streaming=true"})
  void comesIfTheTriggerAsksForTheWindowsEnd(String option) {
    for (OnceTrigger early : List.of(EACH, LATER)) {
      assertEquals(
          List.of("7 EARLY", "7 ON_TIME, the last"),
          panes(option, AfterWatermark.pastEndOfWindow().withEarlyFirings(early)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--streaming=false", "--streaming=true"})
  void doesNotComeWithNothingInItIfTheTriggerDoesNot(String option) {
    for (OnceTrigger trigger : List.of(EACH, LATER)) {
      assertEquals(List.of("7 EARLY"), panes(option, Repeatedly.forever(trigger)));
    }
  }
}
