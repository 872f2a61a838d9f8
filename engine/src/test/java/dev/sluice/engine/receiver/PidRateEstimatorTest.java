package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.PidRateEstimator.Gains;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Figures of the controller, worked out by hand. */
class PidRateEstimatorTest {
  private static final double CLOSE = 1e-6;

  /** An estimator that a batch of 10,000 records in a second has given its rate. */
  private static PidRateEstimator seeded(Gains gains) {
    PidRateEstimator estimator = new PidRateEstimator(1_000, gains);
    assertEquals(OptionalDouble.empty(), estimator.update(0, 10_000, 1_000, 0));
    return estimator;
  }

  private static double rate(OptionalDouble update) {
    return update.orElseThrow();
  }

  @Test
  void followsTheProcessingRate() {
    PidRateEstimator estimator = seeded(Gains.DEFAULTS);
    assertEquals(5_000, rate(estimator.update(1_000, 10_000, 2_000, 0)), CLOSE);
    assertEquals(20_000, rate(estimator.update(2_000, 5_000, 250, 0)), CLOSE);
  }

  @Test
  void takesOffAShareOfTheBacklog() {
    // 500 ms of delay at 5,000 a second and batches of a second: 2,500, of which a fifth.
    assertEquals(
        5_000 - 500, rate(seeded(Gains.DEFAULTS).update(1_000, 10_000, 2_000, 500)), CLOSE);
  }

  @Test
  void countsTheBacklogInBatchDurations() {
    PidRateEstimator estimator = new PidRateEstimator(2_000);
    estimator.update(0, 10_000, 1_000, 0);
    assertEquals(5_000 - 250, rate(estimator.update(1_000, 10_000, 2_000, 500)), CLOSE);
  }

  @Test
  void reactsToTheChangeOfTheErrorIfToldTo() {
    PidRateEstimator estimator = seeded(new Gains(1, 0, 0.5, 100));
    // The error goes from 0 to 2,000 within two seconds: 1,000 a second, of which half.
    assertEquals(8_000 - 500, rate(estimator.update(2_000, 8_000, 1_000, 0)), CLOSE);
  }

  @Test
  void neverFallsBelowTheMinimum() {
    PidRateEstimator estimator = seeded(Gains.DEFAULTS);
    assertEquals(100, rate(estimator.update(1_000, 10, 1_000, 0)), CLOSE);
    assertEquals(100, rate(estimator.update(2_000, 10_000, 1_000, 1_000_000)), CLOSE);
    // And comes up from there.
    assertEquals(10_000, rate(estimator.update(3_000, 100, 10, 0)), CLOSE);
  }

  @Test
  void leavesOutBatchesThatSayNothing() {
    PidRateEstimator estimator = new PidRateEstimator(1_000);
    assertEquals(OptionalDouble.empty(), estimator.update(0, 0, 1_000, 0));
    assertEquals(OptionalDouble.empty(), estimator.update(1_000, 10, 0, 0));
    // Only this one gives the rate to start from.
    assertEquals(OptionalDouble.empty(), estimator.update(2_000, 1_000, 1_000, 0));
    assertEquals(OptionalDouble.empty(), estimator.update(2_000, 1_000, 1_000, 0));
    assertEquals(OptionalDouble.empty(), estimator.update(3_000, 0, 5, 0));
    assertEquals(2_000, rate(estimator.update(4_000, 1_000, 500, 0)), CLOSE);
  }

  @Test
  void goesOnAfterAClockThatIsSetBack() {
    PidRateEstimator estimator = new PidRateEstimator(1_000);
    estimator.update(10_000_000, 1_000, 1_000, 0);
    assertEquals(2_000, rate(estimator.update(10_001_000, 1_000, 500, 0)), CLOSE);
    assertEquals(OptionalDouble.empty(), estimator.update(5_000_000, 1_000, 250, 0));
    assertEquals(500, rate(estimator.update(5_001_000, 1_000, 2_000, 0)), CLOSE);
  }

  @Test
  void namesAllProblemsAtOnce() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Gains(-1, Double.NaN, 0, 0))
            .getMessage();
    assertTrue(message.contains("proportional is -1.0"), message);
    assertTrue(message.contains("integral is NaN"), message);
    assertTrue(message.contains("minRate is 0.0"), message);
    assertThrows(IllegalArgumentException.class, () -> new PidRateEstimator(0));
  }
}
