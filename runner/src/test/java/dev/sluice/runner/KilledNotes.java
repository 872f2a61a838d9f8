package dev.sluice.runner;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Notes in a file, which survive the process that has written them. Safe for many threads. */
final class KilledNotes implements Serializable {
  private static final long serialVersionUID = 1L;
  private final String file;

  KilledNotes(Path file) {
    this.file = file.toString();
  }

  /** Something that a process has noted. */
  record Note(String what, String text, long process) {}

  /** Notes in one write, as the process may be killed at any moment. */
  void add(String what, String text) throws IOException {
    String line = what + " " + text + " " + ProcessHandle.current().pid() + "\n";
    Files.write(
        Path.of(file),
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** All in order. */
  List<Note> all() throws IOException {
    List<Note> notes = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      String[] words = line.split(" ", -1);
      notes.add(new Note(words[0], words[1], Long.parseLong(words[2])));
    }
    return notes;
  }
}
