package dev.sluice.validates;

import static java.util.stream.Collectors.toMap;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/** Runs tests of one Beam class, in one launcher execution as long as none of them gets stuck. */
final class ClassRun {

  private final Duration grace;
  private final Function<BeamTest, Duration> limits;

  ClassRun(Duration grace, Function<BeamTest, Duration> limits) {
    this.grace = grace;
    this.limits = limits;
  }

  /** Runs the tests and returns how each went. */
  Map<BeamTest, TestRun> run(List<BeamTest> tests) throws InterruptedException {
    Map<String, Duration> limitsById = new HashMap<>();
    tests.forEach(test -> test.uniqueIds().forEach(id -> limitsById.put(id, limits.apply(test))));
    Map<String, TestRun> runs = runs(limitsById);
    return tests.stream()
        .collect(
            toMap(
                test -> test,
                test ->
                    test.uniqueIds().stream().map(runs::get).reduce(TestRun::and).orElseThrow()));
  }

  private Map<String, TestRun> runs(Map<String, Duration> limitsById) throws InterruptedException {
    Map<String, TestRun> runs = new HashMap<>();
    Set<String> open = new LinkedHashSet<>(limitsById.keySet());
    while (!open.isEmpty()) {
      Report report = execute(open, limitsById);
      int before = open.size();
      for (String id : Set.copyOf(open)) {
        Optional<TestRun> run = report.run(id);
        run.ifPresent(known -> runs.put(id, known));
        if (run.isPresent()) {
          open.remove(id);
        }
      }
      if (!report.abandoned() || open.size() == before) {
        open.forEach(id -> runs.put(id, notRun()));
        open.clear();
      }
    }
    return runs;
  }

  private Report execute(Set<String> ids, Map<String, Duration> limitsById)
      throws InterruptedException {
    LauncherDiscoveryRequest request =
        VintageLauncher.request()
            .selectors(ids.stream().map(id -> selectUniqueId(id)).toList())
            .build();
    Duration around = limitsById.values().stream().max(Duration::compareTo).orElseThrow();
    Watch watch = new Watch(grace, id -> limitsById.getOrDefault(id, around));
    // A group of its own, since Beam's TestPipeline moves most tests to a thread of their own.
    ThreadGroup group = new ThreadGroup("beam-tests");
    Thread thread =
        new Thread(
            group,
            () -> {
              try {
                VintageLauncher.create().execute(request, watch);
                watch.ended(Optional.empty());
              } catch (Throwable failure) {
                watch.ended(Optional.of(failure));
              }
            },
            "beam-tests");
    // An abandoned thread must not keep the JVM.
    thread.setDaemon(true);
    thread.start();
    return watch.follow(group);
  }

  private static TestRun notRun() {
    return new TestRun(
        new Outcome.Failed(new AssertionError("the execution ended without it")), Duration.ZERO);
  }
}
