package dev.sluice.benchmarks.nexmark;

/** A document of which a part is made by machine. */
final class Document {
  static final String BEGIN =
      "<!-- Figures: made by NexmarkBenchmark, replaced by its next run. -->";
  static final String END = "<!-- End of the figures. -->";

  private Document() {}

  /**
   * {@code document} with {@code figures} between the two comments.
   *
   * @throws IllegalArgumentException if it does not have both once, in this order
   */
  static String replace(String document, String figures) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    boolean once = begin == document.lastIndexOf(BEGIN) && end == document.lastIndexOf(END);
    if (begin < 0 || end < begin || !once) {
      throw new IllegalArgumentException(
          "The document has no place for figures. Put these two lines into it, each once: "
              + BEGIN
              + " and "
              + END);
    }
    return document.substring(0, begin + BEGIN.length())
        + "\n\n"
        + figures.strip()
        + "\n\n"
        + document.substring(end);
  }
}
