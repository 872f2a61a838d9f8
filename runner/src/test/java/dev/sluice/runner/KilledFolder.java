package dev.sluice.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.runner.KilledNotes.Note;
import dev.sluice.runner.KilledRecords.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder that {@link KilledPipeline}s work in, one after another. For use by one thread. */
final class KilledFolder {
  static final String TAKE_OVER = "--checkpointTakeOver=true";

  /** One full checkpoint with those that build on it. */
  private static final int MOST_CHECKPOINTS = 22;

  private final Path folder;
  private final List<Long> processes = new ArrayList<>();

  KilledFolder(Path folder) {
    this.folder = folder;
  }

  /** Starts it as the runner runs it, with more options. */
  ChildJvm start(String... options) throws IOException {
    return start(KilledPipeline.class, List.of(), options);
  }

  /** Starts it so that it stands still, with a lease of such a length. */
  ChildJvm startStanding(KillPoint point, int nth, long leaseMs, String... options)
      throws IOException {
    return start(StandingProgram.class, List.of("" + point, "" + nth, "" + leaseMs), options);
  }

  private ChildJvm start(Class<?> program, List<String> where, String... options)
      throws IOException {
    List<String> args = new ArrayList<>(List.of(folder.toString()));
    args.addAll(where);
    args.add("--checkpointDir=" + checkpoints());
    args.add("--checkpointIntervalMs=30");
    args.add("--batchDurationMs=20");
    args.add("--tempFolder=" + folder.resolve("temp"));
    args.addAll(Arrays.asList(options));
    Path errors = folder.resolve("errors-" + processes.size());
    ChildJvm child = new ChildJvm(program, errors, args);
    processes.add(child.pid());
    return child;
  }

  /** From now on the records end, and so does a program that has read them. */
  void letEnd() throws IOException {
    Files.createFile(KilledRecords.end(folder));
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints-of-program");
  }

  /** Leaves what a kill leaves in the middle of a checkpoint. */
  void leaveUnfinished() throws IOException {
    Path unfinished = checkpoints().resolve("checkpoints").resolve(".new-unfinished");
    Files.createDirectories(unfinished.getParent());
    Files.createFile(unfinished);
  }

  List<Note> notes() throws IOException {
    return KilledRecords.notes(folder).all();
  }

  /** All that a program that has ended is to be looked at for. */
  void assertEndedWell(String how) throws IOException {
    assertGivesAll(how);
    assertMarksAreFinalizedInTime(how);
    assertBundlesAreFinalizedInTime(how);
    assertNothingIsLeft();
  }

  /** Shows only what differs: there are thousands of lines. */
  private void assertGivesAll(String how) throws IOException {
    List<String> surplus = new ArrayList<>(Files.readAllLines(folder.resolve("results")));
    List<String> missing = new ArrayList<>();
    for (String line : KilledModel.lines()) {
      if (!surplus.remove(line)) {
        missing.add(line);
      }
    }
    assertEquals(List.of(), missing, () -> how + " is missing, and there is more: " + surplus);
    assertEquals(List.of(), surplus, how);
  }

  /**
   * No reader begins before a mark that a process before its own has finalized, even where that one
   * has gone on beside it: a checkpoint was behind the mark.
   */
  private void assertMarksAreFinalizedInTime(String how) throws IOException {
    List<Note> finalized = notes(KilledRecords.FINALIZED);
    List<String> early = new ArrayList<>();
    for (Note opened : notes(KilledRecords.OPENED)) {
      Place from = Place.of(opened);
      for (Note note : finalized) {
        Place mark = Place.of(note);
        if (isBefore(note, opened) && mark.split() == from.split() && mark.next() > from.next()) {
          early.add(opened + " although " + note);
        }
      }
    }
    assertEquals(List.of(), early, how);
    assertEquals(
        KilledRecords.SPLITS, finalized.stream().map(n -> Place.of(n).split()).distinct().count());
  }

  /** No number is in a bundle again that a process before has finalized. */
  private void assertBundlesAreFinalizedInTime(String how) throws IOException {
    Map<String, Note> called = new HashMap<>();
    for (Note note : notes(KilledBundles.CALLED)) {
      KilledBundles.numbers(note).forEach(number -> called.putIfAbsent(number, note));
    }
    List<String> again = new ArrayList<>();
    for (Note given : notes(KilledBundles.GIVEN)) {
      for (String number : KilledBundles.numbers(given)) {
        if (called.containsKey(number) && isBefore(called.get(number), given)) {
          again.add(number + " of " + called.get(number));
        }
      }
    }
    assertEquals(List.of(), again, how);
    assertTrue(!called.isEmpty(), how);
  }

  private boolean isBefore(Note note, Note other) {
    return processes.indexOf(note.process()) < processes.indexOf(other.process());
  }

  private List<Note> notes(String what) throws IOException {
    return notes().stream().filter(note -> note.what().equals(what)).toList();
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(checkpoints().resolve("checkpoints"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertEquals(List.of(), names.stream().filter(name -> name.startsWith(".")).toList());
      assertTrue(names.size() <= MOST_CHECKPOINTS, names::toString);
    }
  }
}
