package dev.sluice.engine.rdd;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which files to read.
 *
 * @param path a file, a folder, or a pattern with {@code * ? [] {}} in it
 * @param pattern whether it may be a pattern
 */
record TextInput(String path, boolean pattern) implements Serializable {

  /** The files, sorted by name. */
  List<Path> files() throws IOException {
    List<Path> files = isPattern(path) ? matching() : named();
    for (Path file : files) {
      if (!Files.isReadable(file)) {
        throw new IOException("cannot read " + file + ": check its permissions");
      }
    }
    return files;
  }

  private boolean isPattern(String text) {
    return pattern && text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private List<Path> named() throws IOException {
    Path named = Path.of(path);
    if (!Files.exists(named)) {
      throw new NoSuchFileException(path, null, "no such file or folder: check the path");
    }
    if (!Files.isDirectory(named)) {
      return List.of(named);
    }
    try (Stream<Path> children = Files.list(named)) {
      return data(children);
    }
  }

  private List<Path> matching() throws IOException {
    Path base = Path.of(path).toAbsolutePath();
    while (isPattern(base.toString())) {
      base = base.getParent();
    }
    Path whole = Path.of(path).toAbsolutePath();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + escaped(whole));
    List<Path> files = List.of();
    if (Files.isDirectory(base)) {
      int depth = path.contains("**") ? Integer.MAX_VALUE : depth(whole, base);
      try (Stream<Path> below = Files.walk(base, depth)) {
        files = data(below.filter(matcher::matches));
      }
    }
    if (files.isEmpty()) {
      throw new NoSuchFileException(
          path, null, "no file below " + base + " matches the pattern: check it");
    }
    return files;
  }

  private static int depth(Path whole, Path base) {
    return whole.getNameCount() - base.getNameCount();
  }

  /** A pattern for a path whose separators need not be slashes. */
  private static String escaped(Path whole) {
    return whole.toString().replace("\\", "\\\\");
  }

  /** Files but for those whose names say that they are not data, such as {@code _SUCCESS}. */
  private static List<Path> data(Stream<Path> paths) {
    return paths
        .filter(Files::isRegularFile)
        .filter(file -> !file.getFileName().toString().startsWith("_"))
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .sorted()
        .toList();
  }
}
