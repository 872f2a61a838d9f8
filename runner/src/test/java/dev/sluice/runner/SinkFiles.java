package dev.sluice.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a {@code FileSink} has made of a folder. */
record SinkFiles(Path folder) {

  /** The names of what is published, in order. */
  List<String> names() throws IOException {
    return names(folder).stream().filter(name -> !name.startsWith("_")).toList();
  }

  /** The names of what is not. */
  List<String> attempts() throws IOException {
    return names(folder.resolve("_attempts"));
  }

  /** The published lines, in order of the names. */
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : names()) {
      lines.addAll(Files.readAllLines(folder.resolve(name)));
    }
    return lines;
  }

  /** Leaves a file as a process of an earlier time would, and gives its name. */
  String leaveAttempt() throws IOException {
    String name = "1-1-1.sink.20010101T000000000Z-0-000001";
    Files.writeString(Files.createDirectories(folder.resolve("_attempts")).resolve(name), "x\n");
    return name;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
