package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table whose first column is of names and whose others are of figures. For one thread. */
final class MarkdownTable {
  private final int columns;
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(List<String> heads) {
    columns = heads.size();
    row(heads);
    List<String> rules = new ArrayList<>(Collections.nCopies(columns, "--:"));
    rules.set(0, "---");
    row(rules);
  }

  void row(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(cells.size() + " cells in " + columns + " columns");
    }
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
