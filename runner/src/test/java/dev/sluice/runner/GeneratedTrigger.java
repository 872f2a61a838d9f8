package dev.sluice.runner;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.windowing.AfterAll;
import org.apache.beam.sdk.transforms.windowing.AfterEach;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.joda.time.Duration;

/** A trigger that never ends, with a number of elements and a delay. */
record GeneratedTrigger(Kind kind, int count, int delayMs) implements Serializable {

  enum Kind {
    DEFAULT,
    NEVER,
    COUNT,
    DELAY,
    EARLY_COUNT,
    EARLY_DELAY,
    LATE_COUNT,
    EACH,
    FIRST,
    ALL,
    OR_FINALLY
  }

  boolean isDefault() {
    return kind == Kind.DEFAULT;
  }

  Trigger trigger() {
    OnceTrigger counted = AfterPane.elementCountAtLeast(count);
    OnceTrigger delayed =
        AfterProcessingTime.pastFirstElementInPane().plusDelayOf(Duration.millis(delayMs));
    AfterWatermark.FromEndOfWindow end = AfterWatermark.pastEndOfWindow();
    return switch (kind) {
      case DEFAULT -> DefaultTrigger.of();
      case NEVER -> Never.ever();
      case COUNT -> Repeatedly.forever(counted);
      case DELAY -> Repeatedly.forever(delayed);
      case EARLY_COUNT ->
          end.withEarlyFirings(counted).withLateFirings(AfterPane.elementCountAtLeast(1));
      case EARLY_DELAY -> end.withEarlyFirings(delayed).withLateFirings(counted);
      case LATE_COUNT -> end.withLateFirings(counted);
      case EACH -> AfterEach.inOrder(counted, Repeatedly.forever(delayed));
      case FIRST -> Repeatedly.forever(AfterFirst.of(counted, delayed));
      case ALL -> Repeatedly.forever(AfterAll.of(counted, delayed));
      case OR_FINALLY -> Repeatedly.forever(Repeatedly.forever(counted).orFinally(end));
    };
  }

  @Override
  public String toString() {
    return kind + "(" + count + ", " + delayMs + " ms)";
  }
}
