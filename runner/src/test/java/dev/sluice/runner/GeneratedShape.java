package dev.sluice.runner;

import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;

/**
 * What is known of a collection in a {@link GeneratedPipeline} however that is run. It decides
 * which steps may come next, so that results are defined, and what of them can be compared.
 */
record GeneratedShape(Windowing windowing, TimestampCombiner times, Set<Fact> facts) {

  enum Windowing {
    GLOBAL,
    FIXED,
    SLIDING,
    SESSIONS
  }

  enum Fact {
    /** The trigger is the default one. */
    DEFAULT_TRIGGER,
    /** A window's last pane comes even if it is empty. */
    ALWAYS_CLOSES,
    ACCUMULATING,
    /** As much lateness is allowed as there is; otherwise none is. */
    LATENESS,
    /** No element is behind the watermark. */
    ON_TIME,
    /** The elements are known; otherwise only their sums are, for each key and window. */
    KNOWN,
    /** The windows are known too; otherwise elements may be in parts of sessions. */
    EXACT,
    /** The times are known too. */
    TIMED,
    /** Elements are at the end of the global window. */
    AT_THE_END,
    /** Sessions have been merged. */
    MERGED,
    /** There may be several panes, of which the last one counts; nothing can be made of this. */
    PANES
  }

  static GeneratedShape ofInput(boolean onTime) {
    GeneratedShape shape =
        new GeneratedShape(Windowing.GLOBAL, TimestampCombiner.END_OF_WINDOW, Set.of())
            .with(Fact.DEFAULT_TRIGGER, true)
            .with(Fact.KNOWN, true)
            .with(Fact.EXACT, true)
            .with(Fact.TIMED, true);
    return shape.with(Fact.ON_TIME, onTime);
  }

  boolean is(Fact fact) {
    return facts.contains(fact);
  }

  boolean is(Windowing other) {
    return windowing == other;
  }

  GeneratedShape with(Fact fact, boolean holds) {
    Set<Fact> changed = EnumSet.noneOf(Fact.class);
    changed.addAll(facts);
    if (holds) {
      changed.add(fact);
    } else {
      changed.remove(fact);
    }
    return new GeneratedShape(windowing, times, changed);
  }

  GeneratedShape with(Windowing other, TimestampCombiner otherTimes) {
    return new GeneratedShape(other, otherTimes, facts);
  }

  /** Whether grouping gives one pane for each key and window. */
  boolean hasOnePane() {
    return is(Fact.DEFAULT_TRIGGER) && !is(Fact.ALWAYS_CLOSES) && is(Fact.ON_TIME);
  }

  /** Whether Beam lets an unbounded collection be grouped, and its times are then known. */
  boolean canBeGrouped() {
    return !(is(Windowing.GLOBAL) && is(Fact.DEFAULT_TRIGGER))
        && (times == TimestampCombiner.END_OF_WINDOW || hasOnePane());
  }

  /** The groups' elements. */
  GeneratedShape grouped() {
    GeneratedShape shape = this;
    if (!hasOnePane()) {
      shape =
          shape
              .with(Fact.PANES, is(Fact.ACCUMULATING))
              .with(Fact.EXACT, is(Fact.EXACT) && !is(Windowing.SESSIONS))
              .with(
                  Fact.ON_TIME, is(Fact.ON_TIME) && !is(Fact.LATENESS) && !is(Windowing.SESSIONS));
    }
    return shape
        .with(
            Fact.TIMED,
            shape.is(Fact.EXACT) && (is(Fact.TIMED) || times == TimestampCombiner.END_OF_WINDOW))
        .with(Fact.MERGED, is(Windowing.SESSIONS))
        .with(Fact.AT_THE_END, is(Fact.AT_THE_END) || is(Windowing.GLOBAL));
  }
}
