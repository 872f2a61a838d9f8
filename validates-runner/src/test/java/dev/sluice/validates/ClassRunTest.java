package dev.sluice.validates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.Assert;
import org.junit.Assume;
import org.junit.BeforeClass;
import org.junit.FixMethodOrder;
import org.junit.Ignore;
import org.junit.Test;
import org.junit.runners.MethodSorters;

final class ClassRunTest {

  @org.junit.jupiter.api.Test
  void reportsHowEachTestEnded() throws InterruptedException {
    Map<String, Outcome> outcomes =
        run(Ordinary.class, "assumes", "fails", "isIgnored", "passes", "doesNotExist");

    assertInstanceOf(Outcome.Passed.class, outcomes.get("passes"));
    assertEquals(new Outcome.Ignored("not now"), outcomes.get("isIgnored"));
    assertInstanceOf(Outcome.Ignored.class, outcomes.get("assumes"));
    assertEquals("wrong", cause(outcomes.get("fails")).getMessage());
    assertInstanceOf(AssertionError.class, cause(outcomes.get("doesNotExist")));
  }

  @org.junit.jupiter.api.Test
  void interruptsATestAtItsLimitAndGoesOn() throws InterruptedException {
    Map<String, Outcome> outcomes =
        run(Stuck.class, "aInterruptible", "bNotInterruptible", "cNext");

    for (String stuck : List.of("aInterruptible", "bNotInterruptible")) {
      Throwable cause = assertInstanceOf(TimeLimitExceeded.class, cause(outcomes.get(stuck)));
      assertTrue(cause.getMessage().contains(stuck), cause.getMessage());
    }
    assertInstanceOf(Outcome.Passed.class, outcomes.get("cNext"));
  }

  @org.junit.jupiter.api.Test
  void aClassThatFailsAroundItsTestsFailsThem() throws InterruptedException {
    assertEquals("before", cause(run(Before.class, "passes").get("passes")).getMessage());
    assertEquals("after", cause(run(After.class, "passes").get("passes")).getMessage());
  }

  private static Throwable cause(Outcome outcome) {
    return assertInstanceOf(Outcome.Failed.class, outcome).cause();
  }

  private static Map<String, Outcome> run(Class<?> of, String... methods)
      throws InterruptedException {
    String name = of.getName();
    List<BeamTest> tests =
        Stream.of(methods)
            .map(
                method ->
                    new BeamTest(
                        name + "#" + method,
                        name,
                        Suite.NEEDS_RUNNER,
                        List.of(),
                        List.of(
                            "[engine:junit-vintage]/[runner:%s]/[test:%s(%s)]"
                                .formatted(name, method, name))))
            .toList();
    Map<String, Outcome> outcomes = new TreeMap<>();
    new ClassRun(Duration.ofMillis(200), test -> Duration.ofMillis(500))
        .run(tests)
        .forEach((test, run) -> outcomes.put(test.method(), run.outcome()));
    return outcomes;
  }

  /** Ends in every way. */
  public static final class Ordinary {

    @Test
    public void passes() {}

    @Test
    public void fails() {
      throw new AssertionError("wrong");
    }

    @Test
    @Ignore("not now")
    public void isIgnored() {}

    @Test
    public void assumes() {
      Assume.assumeTrue(false);
    }
  }

  /** Has tests that do not end by themselves. */
  @FixMethodOrder(MethodSorters.NAME_ASCENDING)
  public static final class Stuck {

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    public void aInterruptible() throws InterruptedException {
      never.await();
    }

    @Test
    public void bNotInterruptible() {
      Uninterruptibles.awaitUninterruptibly(never);
    }

    @Test
    public void cNext() {}
  }

  /** Fails before its test. */
  public static final class Before {

    @BeforeClass
    public static void before() {
      Assert.fail("before");
    }

    @Test
    public void passes() {}
  }

  /** Fails after its test. */
  public static final class After {

    @AfterClass
    public static void after() {
      Assert.fail("after");
    }

    @Test
    public void passes() {}
  }
}
