package dev.sluice.validates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file that lists Beam tests, each with a text: {@code Class#method}, two spaces, the text. The
 * tests are sorted, none is listed twice; blank lines and lines starting with {@code #} are
 * skipped. A single space does not end a name, since parameters have spaces in them.
 */
final class TestList {

  private static final String SEPARATOR = "  ";

  private final String fileName;
  private final SortedMap<String, String> texts;

  private TestList(String fileName, SortedMap<String, String> texts) {
    this.fileName = fileName;
    this.texts = texts;
  }

  static TestList read(Path file) throws IOException {
    return parse(file.getFileName().toString(), Files.readAllLines(file));
  }

  static TestList parse(String fileName, List<String> lines) {
    SortedMap<String, String> texts = new TreeMap<>();
    int number = 0;
    for (String line : lines) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String where = fileName + ":" + number + ": ";
      int end = line.indexOf(SEPARATOR);
      if (end <= 0 || line.indexOf('\t') >= 0 || line.substring(end).isBlank()) {
        throw new IllegalArgumentException(where + "not a test, two spaces and a text: " + line);
      }
      String name = line.substring(0, end);
      if (!texts.isEmpty() && texts.lastKey().compareTo(name) >= 0) {
        throw new IllegalArgumentException(where + "not sorted after " + texts.lastKey());
      }
      texts.put(name, line.substring(end).strip());
    }
    return new TestList(fileName, Collections.unmodifiableSortedMap(texts));
  }

  /** The text beside a test, if it is listed. */
  Optional<String> text(String test) {
    return Optional.ofNullable(texts.get(test));
  }

  Set<String> tests() {
    return texts.keySet();
  }

  /** Fails if a listed test is not among those that exist: the list would promise nothing. */
  void requireAmong(Set<String> existing) {
    Set<String> unknown = new TreeSet<>(texts.keySet());
    unknown.removeAll(existing);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(fileName + " lists tests that do not exist: " + unknown);
    }
  }
}
