package dev.sluice.validates;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.beam.runners.core.metrics.MetricsPusherTest;
import org.apache.beam.sdk.testing.NeedsRunner;
import org.apache.beam.sdk.testing.ValidatesRunner;
import org.apache.beam.sdk.transforms.ParDoTest;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Finds the tests of both suites in Beam's jars of tests. */
final class Discovery {

  /** A public class of each jar, which tells where the jar is. */
  private static final List<Class<?>> LANDMARKS = List.of(ParDoTest.class, MetricsPusherTest.class);

  /** Keeps the libraries that are repackaged into the jars out. */
  private static final String BEAM_CLASSES = "org\\.apache\\.beam\\.(sdk|runners)\\..*";

  /** Is in neither suite, and cannot be loaded without a library that no other test needs. */
  private static final String NOT_LOADABLE =
      "org\\.apache\\.beam\\.sdk\\.schemas\\.JsonSchemaConversionTest";

  private Discovery() {}

  /** All tests of both suites, by name. */
  static List<BeamTest> all() {
    TestPlan plan = VintageLauncher.create().discover(request());
    // A class that only encloses others finds their tests a second time, under itself.
    var found =
        plan.getRoots().stream()
            .flatMap(root -> plan.getDescendants(root).stream())
            .filter(TestIdentifier::isTest)
            .filter(test -> className(test).equals(runnerClass(test)))
            .collect(
                groupingBy(
                    test -> className(test) + "#" + test.getDisplayName(), TreeMap::new, toList()));
    List<BeamTest> tests =
        found.entrySet().stream().map(entry -> test(entry.getKey(), entry.getValue())).toList();
    requireSizes(tests);
    return tests;
  }

  private static LauncherDiscoveryRequest request() {
    return VintageLauncher.request()
        .selectors(selectClasspathRoots(jars()))
        .filters(
            includeClassNamePatterns(BEAM_CLASSES),
            excludeClassNamePatterns(NOT_LOADABLE),
            // ValidatesRunner extends it, and a test is tagged with what its categories extend.
            TagFilter.includeTags(NeedsRunner.class.getName()))
        .build();
  }

  private static Set<Path> jars() {
    Set<Path> jars = new LinkedHashSet<>();
    for (Class<?> landmark : LANDMARKS) {
      try {
        jars.add(Path.of(landmark.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new IllegalStateException("no path to the jar of " + landmark, e);
      }
    }
    return jars;
  }

  private static BeamTest test(String name, List<TestIdentifier> executions) {
    TestIdentifier first = executions.get(0);
    Set<TestTag> tags = first.getTags();
    Suite suite =
        tags.contains(TestTag.create(ValidatesRunner.class.getName()))
            ? Suite.VALIDATES_RUNNER
            : Suite.NEEDS_RUNNER;
    List<String> categories =
        tags.stream()
            .map(TestTag::getName)
            // What a category extends is a category as well, but not always one of Beam's.
            .filter(category -> category.startsWith("org.apache.beam."))
            .filter(Predicate.not(ValidatesRunner.class.getName()::equals))
            .filter(Predicate.not(NeedsRunner.class.getName()::equals))
            .map(Discovery::simpleName)
            .sorted()
            .toList();
    return new BeamTest(
        name,
        className(first),
        suite,
        categories,
        executions.stream().map(TestIdentifier::getUniqueId).toList());
  }

  /** Of a nested category with the enclosing class, without which it says little. */
  private static String simpleName(String category) {
    return category.substring(category.lastIndexOf('.') + 1).replace('$', '.');
  }

  private static String className(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(MethodSource::getClassName)
        .orElseThrow(() -> new IllegalStateException("not a method: " + test.getUniqueId()));
  }

  private static String runnerClass(TestIdentifier test) {
    List<UniqueId.Segment> segments = test.getUniqueIdObject().getSegments();
    return segments.get(1).getValue();
  }

  private static void requireSizes(List<BeamTest> tests) {
    for (Suite suite : Suite.values()) {
      long size = tests.stream().filter(test -> test.suite() == suite).count();
      if (size != suite.size()) {
        throw new IllegalStateException(
            "found " + size + " tests of " + suite.category() + ", Beam has " + suite.size());
      }
    }
  }
}
