package dev.sluice.validates;

import java.util.List;

/**
 * A test method of Beam, with one set of parameters where its class is parameterized.
 *
 * @param name {@code Class#method} or {@code Class#method[param]}, the class's name with {@code $}
 * @param className the class that runs the test
 * @param suite the suite it counts for
 * @param categories simple names of its other categories, sorted
 * @param uniqueIds its ids on the JUnit Platform: more than one where a class is given the same
 *     parameter twice
 */
record BeamTest(
    String name, String className, Suite suite, List<String> categories, List<String> uniqueIds) {

  BeamTest {
    categories = List.copyOf(categories);
    uniqueIds = List.copyOf(uniqueIds);
  }

  /** The part of the name after the class. */
  String method() {
    return name.substring(className.length() + 1);
  }
}
