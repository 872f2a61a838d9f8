package dev.sluice.runner;

import dev.sluice.runner.GeneratedShape.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;

/** Draws steps that fit. Not for several threads. */
final class GeneratedSteps {
  private static final int TRIES = 20;
  private static final int KINDS = 13;

  /** The first ones are no windows and no branches. */
  private static final int KINDS_IN_BRANCHES = 9;

  private final Random random;

  GeneratedSteps(Random random) {
    this.random = random;
  }

  /** At least one step, and {@code most} at most. */
  List<GeneratedStep> draw(int most, GeneratedShape shape) {
    return draw(Math.max(between(1, most), between(1, most)), KINDS, shape);
  }

  private List<GeneratedStep> draw(int length, int kinds, GeneratedShape shape) {
    List<GeneratedStep> steps = new ArrayList<>();
    GeneratedShape now = shape;
    for (int tries = length * TRIES; tries > 0 && steps.size() < length; tries--) {
      GeneratedStep step = step(kind(kinds, steps.isEmpty()), now);
      if (step.fits(now)) {
        steps.add(step);
        now = step.after(now);
      }
    }
    return steps;
  }

  /** What comes first is often one with windows. */
  private int kind(int kinds, boolean first) {
    boolean windows = first && kinds == KINDS && random.nextInt(4) > 0;
    return windows ? KINDS_IN_BRANCHES : random.nextInt(kinds);
  }

  private GeneratedStep step(int kind, GeneratedShape shape) {
    return switch (kind) {
      case 0, 1 -> new GeneratedEach(oneOf(GeneratedEach.Kind.values()), between(2, 4));
      case 2, 3, 4, 5 -> new GeneratedGrouping(oneOf(GeneratedGrouping.Kind.values()));
      case 6, 7 -> new GeneratedState(oneOf(GeneratedState.Kind.values()));
      case 8 -> new GeneratedLookUp(oneOf(GeneratedLookUp.Kind.values()));
      case 9, 10, 11 -> windows();
      default -> new GeneratedBranches(between(2, 3), branch(shape), branch(shape));
    };
  }

  private List<GeneratedStep> branch(GeneratedShape shape) {
    return draw(between(0, 2), KINDS_IN_BRANCHES, shape);
  }

  private GeneratedWindows windows() {
    int period = between(5, 40);
    return new GeneratedWindows(
        oneOf(Windowing.values()),
        period * between(1, 2) + between(0, 9),
        period,
        between(0, 4),
        trigger(),
        random.nextBoolean(),
        random.nextInt(3) > 0,
        random.nextInt(3) > 0 ? TimestampCombiner.END_OF_WINDOW : oneOf(TimestampCombiner.values()),
        random.nextInt(4) > 0 ? ClosingBehavior.FIRE_IF_NON_EMPTY : ClosingBehavior.FIRE_ALWAYS,
        oneOf(OnTimeBehavior.values()));
  }

  private GeneratedTrigger trigger() {
    GeneratedTrigger.Kind kind =
        random.nextInt(5) < 2
            ? GeneratedTrigger.Kind.DEFAULT
            : oneOf(GeneratedTrigger.Kind.values());
    return new GeneratedTrigger(kind, between(1, 5), between(1, 10));
  }

  private int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
