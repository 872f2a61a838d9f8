package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records a second, on a clock of milliseconds. */
class RateLimiterTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 100, 999, 1_000, 20_000, 1_000_000})
  void letsTheRateThroughAndATenthOfASecondMore(long rate) {
    int seconds = 3;
    RateLimiter limiter = new RateLimiter(rate, 0);
    long passed = 0;
    for (long nowMs = 0; nowMs <= seconds * 1_000L; nowMs++) {
      while (limiter.waitMs(nowMs) == 0) {
        limiter.charge(1);
        passed++;
      }
    }
    assertTrue(passed >= rate * seconds, passed + " records");
    assertTrue(passed <= rate * seconds + Math.max(1, rate / 10), passed + " records");
  }

  @Test
  void doesNotSaveUpMoreThanATenthOfASecond() {
    RateLimiter limiter = new RateLimiter(100, 0);
    int passed = 0;
    while (limiter.waitMs(3_600_000) == 0) {
      limiter.charge(1);
      passed++;
    }
    assertEquals(10, passed);
  }

  @Test
  void saysHowLongToWait() {
    RateLimiter limiter = new RateLimiter(10, 0);
    limiter.charge(3);
    assertEquals(300, limiter.waitMs(0));
    assertEquals(1, limiter.waitMs(299));
    assertEquals(0, limiter.waitMs(300));
  }

  @Test
  void survivesAClockThatIsSetBack() {
    RateLimiter limiter = new RateLimiter(10, 1_000_000);
    limiter.charge(1);
    assertEquals(100, limiter.waitMs(500_000));
    assertEquals(0, limiter.waitMs(500_100));
  }

  @Test
  void hasNoBoundByDefaultAndGoesBackToIt() {
    RateLimiter limiter = new RateLimiter(0, 0);
    assertFalse(limiter.limited());
    limiter.charge(1_000_000);
    assertEquals(0, limiter.waitMs(0));
    limiter.rate(1, 0);
    assertTrue(limiter.limited());
    limiter.charge(1);
    assertEquals(1_000, limiter.waitMs(0));
    limiter.rate(Double.POSITIVE_INFINITY, 0);
    assertEquals(0, limiter.waitMs(0));
  }
}
