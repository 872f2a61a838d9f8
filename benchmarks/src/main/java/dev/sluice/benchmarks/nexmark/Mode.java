package dev.sluice.benchmarks.nexmark;

/** How a query reads its events. */
enum Mode {
  /** From a bounded source. */
  BATCH("batch"),
  /** From an unbounded source that ends. */
  STREAMING("streaming");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
