package dev.sluice.validates;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Runs a shard of a mode: a subclass is the test class that gives it a JVM of its own. */
abstract class ShardRun {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Mode mode;
  private final Shard shard;
  private final Settings settings = Settings.ofSystemProperties();
  private final List<Result> results = new ArrayList<>();

  ShardRun(Mode mode, Shard shard) {
    this.mode = mode;
    this.shard = shard;
  }

  /** A container of each Beam class, which runs when the stream comes to it. */
  @TestFactory
  Stream<DynamicNode> beam() throws IOException {
    TestList exclusions = TestList.read(settings.folder().resolve(mode.exclusionFile()));
    ApartTests apart = new ApartTests(TestList.read(settings.folder().resolve("apart.txt")));
    List<BeamTest> all = Discovery.all();
    Set<String> names = all.stream().map(BeamTest::name).collect(toSet());
    exclusions.requireAmong(names);
    apart.requireAmong(names);
    if (names.stream().noneMatch(settings::selects)) {
      throw new IllegalArgumentException("suite.tests is found in no test's name");
    }

    System.setProperty(
        TestPipeline.PROPERTY_BEAM_TEST_PIPELINE_OPTIONS,
        settings
            .options()
            .orElseGet(
                () ->
                    mode.options(shard, settings.seed().map(RandomOptions::of).orElse(List.of()))));
    ClassRun classRun = new ClassRun(GRACE, apart::limit);
    Map<String, List<BeamTest>> byClass =
        all.stream()
            .filter(test -> Shard.of(test, apart) == shard)
            .filter(test -> settings.selects(test.name()))
            .collect(groupingBy(BeamTest::className, TreeMap::new, toList()));
    Stream<DynamicNode> classes =
        byClass.entrySet().stream()
            .sorted(comparing(entry -> longest(entry.getValue(), apart), reverseOrder()))
            .map(entry -> run(classRun, entry.getKey(), entry.getValue(), exclusions));
    return Stream.concat(
        classes, Stream.of(dynamicTest("the results are written", this::writeResults)));
  }

  private static Duration longest(List<BeamTest> tests, ApartTests apart) {
    return tests.stream().map(apart::limit).max(naturalOrder()).orElseThrow();
  }

  private DynamicNode run(
      ClassRun classRun, String className, List<BeamTest> tests, TestList exclusions) {
    Map<BeamTest, TestRun> runs;
    try {
      runs = classRun.run(tests);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + className, e);
    }
    return dynamicContainer(
        className, tests.stream().map(test -> verdict(test, runs.get(test), exclusions)).toList());
  }

  private DynamicTest verdict(BeamTest test, TestRun run, TestList exclusions) {
    Verdict verdict = Verdict.of(run.outcome(), exclusions.text(test.name()), mode.exclusionFile());
    results.add(Result.of(test, run, verdict));
    return dynamicTest(
        test.name(),
        () -> {
          if (verdict.problem().isPresent()) {
            throw new BeamTestFailure(test, verdict.problem().get());
          }
          if (verdict.kind() != Verdict.Kind.PASSED) {
            throw new TestAbortedException(verdict.kind() + ": " + verdict.remark());
          }
        });
  }

  private void writeResults() throws IOException {
    new Results(settings).write(mode, shard, results);
  }
}
