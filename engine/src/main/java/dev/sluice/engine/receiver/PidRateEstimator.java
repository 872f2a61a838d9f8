package dev.sluice.engine.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many records a second batches can take: a controller whose error is the difference between
 * the last rate and what the last batch managed, and whose history is the backlog that the
 * scheduling delay stands for. For use by one thread.
 *
 * <p>The rate never falls below a minimum: at a rate of zero no batch would have records, so
 * nothing would ever be measured again.
 */
public final class PidRateEstimator {
  private static final double MS_PER_S = 1_000;

  private final long batchDurationMs;
  private final Gains gains;
  private boolean seeded;
  private long lastTimeMs;
  private double lastRate;
  private double lastError;

  /**
   * How strongly to react.
   *
   * @param proportional to the error, 0 or more
   * @param integral to the backlog, 0 or more
   * @param derivative to the change of the error, 0 or more
   * @param minRate the lowest rate in records a second, more than 0
   */
  public record Gains(double proportional, double integral, double derivative, double minRate) {
    /** 1.0, 0.2, 0.0, and at least 100 records a second. */
    public static final Gains DEFAULTS = new Gains(1.0, 0.2, 0.0, 100);

    public Gains {
      List<String> problems = new ArrayList<>();
      check("proportional", proportional, proportional >= 0, "0 or more", problems);
      check("integral", integral, integral >= 0, "0 or more", problems);
      check("derivative", derivative, derivative >= 0, "0 or more", problems);
      check("minRate", minRate, minRate > 0, "more than 0", problems);
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException("rate estimator: " + String.join("; ", problems));
      }
    }

    private static void check(
        String name, double value, boolean inRange, String range, List<String> problems) {
      if (!inRange || !Double.isFinite(value)) {
        problems.add(name + " is " + value + ": " + range);
      }
    }
  }

  /** An estimator with default gains for batches of {@code batchDurationMs}, at least 1. */
  public PidRateEstimator(long batchDurationMs) {
    this(batchDurationMs, Gains.DEFAULTS);
  }

  /** An estimator for batches of {@code batchDurationMs}, at least 1. */
  public PidRateEstimator(long batchDurationMs, Gains gains) {
    if (batchDurationMs < 1) {
      throw new IllegalArgumentException("batches of " + batchDurationMs + " ms: at least 1");
    }
    this.batchDurationMs = batchDurationMs;
    this.gains = gains;
  }

  /**
   * Takes in a completed batch. The first that can be used only gives the rate to start from; those
   * without records, without processing time or from before the last one are left out.
   *
   * @param timeMs when it was completed
   * @param records how many it had
   * @param processingMs how long it was processed
   * @param schedulingDelayMs how long it waited before that
   * @return records a second from now on; empty to leave the rate as it is
   */
  public OptionalDouble update(
      long timeMs, long records, long processingMs, long schedulingDelayMs) {
    boolean late = seeded && timeMs <= lastTimeMs;
    // After a clock that was set back, the next batch is later again.
    lastTimeMs = Math.min(lastTimeMs, timeMs);
    if (records <= 0 || processingMs <= 0 || late) {
      return OptionalDouble.empty();
    }
    double processingRate = records / (processingMs / MS_PER_S);
    if (!seeded) {
      seeded = true;
      lastTimeMs = timeMs;
      lastRate = processingRate;
      return OptionalDouble.empty();
    }
    double error = lastRate - processingRate;
    double backlog = (double) schedulingDelayMs * processingRate / batchDurationMs;
    double change = (error - lastError) / ((timeMs - lastTimeMs) / MS_PER_S);
    double wanted =
        lastRate
            - gains.proportional() * error
            - gains.integral() * backlog
            - gains.derivative() * change;
    lastTimeMs = timeMs;
    lastError = error;
    lastRate = Math.max(wanted, gains.minRate());
    return OptionalDouble.of(lastRate);
  }
}
