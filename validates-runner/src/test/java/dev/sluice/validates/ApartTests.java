package dev.sluice.validates;

import java.time.Duration;
import java.util.Set;

/**
 * The tests that run apart from the others, each with a time limit of its own, since they wait for
 * long or may take their JVM down. In the file the text beside a test starts with its limit in
 * seconds.
 */
final class ApartTests {

  private static final Duration USUAL = Duration.ofSeconds(60);

  private final TestList list;

  ApartTests(TestList list) {
    this.list = list;
    list.tests().forEach(this::limit);
  }

  boolean contains(BeamTest test) {
    return list.text(test.name()).isPresent();
  }

  /** Fails if a listed test is not among those that exist. */
  void requireAmong(Set<String> existing) {
    list.requireAmong(existing);
  }

  Duration limit(BeamTest test) {
    return limit(test.name());
  }

  private Duration limit(String name) {
    return list.text(name).map(text -> seconds(name, text)).orElse(USUAL);
  }

  private static Duration seconds(String name, String text) {
    String number = text.split(" ", 2)[0];
    try {
      return Duration.ofSeconds(Integer.parseInt(number));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": no limit in seconds: " + text, e);
    }
  }
}
