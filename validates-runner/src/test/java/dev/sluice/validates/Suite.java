package dev.sluice.validates;

/** The two suites of Beam a runner is held to, with the number of tests Beam 2.71.0 has in each. */
enum Suite {
  /** What Beam asks of every runner. */
  VALIDATES_RUNNER("ValidatesRunner", 413),

  /** Beam's tests of its own transforms which need some runner to run on. */
  NEEDS_RUNNER("NeedsRunner", 563);

  private final String category;
  private final int size;

  Suite(String category, int size) {
    this.category = category;
    this.size = size;
  }

  /** The simple name of the category interface that marks the suite's tests. */
  String category() {
    return category;
  }

  /** How many tests the suite has: a discovery that finds another number is broken. */
  int size() {
    return size;
  }
}
