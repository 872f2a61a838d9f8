package dev.sluice.runner.files;

import java.util.List;

/**
 * A file that is to be published.
 *
 * @param attempt what it is called until then
 * @param name what it is called from then on
 * @param earlier what names start with that nobody needs then: those of runs that had begun before
 */
record WrittenFile(String attempt, String name, List<String> earlier) {
  WrittenFile {
    earlier = List.copyOf(earlier);
  }
}
