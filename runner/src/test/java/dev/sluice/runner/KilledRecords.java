package dev.sluice.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * The records of {@link KilledPipeline}, functions of their place; some more come each time when a
 * checkpoint covers those before. Notes in a file where readers begin and which marks are
 * finalized. They end when there is a file that says so.
 */
final class KilledRecords extends InBatches {
  private static final long serialVersionUID = 1L;
  static final int SPLITS = 3;
  static final int COUNT = 1_200;
  private static final int STEP_MS = 10;
  private static final int JITTER_MS = 60;
  private static final int AT_ONCE = 15;
  private static final int LINE = 10;

  /** How many lines a program prints until it has read all; then it goes on printing. */
  static final int LINES = SPLITS * COUNT / LINE;

  static final String OPENED = "opened";
  static final String FINALIZED = "finalized";

  private final KilledNotes notes;
  private final String end;
  private final Shared<StandStill> standStill;

  /** Of a program that works in {@code folder}. */
  KilledRecords(Path folder, Shared<StandStill> standStill) {
    super(AT_ONCE);
    this.notes = notes(folder);
    this.end = end(folder).toString();
    this.standStill = standStill;
  }

  static KilledNotes notes(Path folder) {
    return new KilledNotes(folder.resolve("notes"));
  }

  /** Where there is a file when the records are to end. */
  static Path end(Path folder) {
    return folder.resolve("end");
  }

  /** A place in a split, as it is noted. */
  record Place(int split, long next) {
    static Place of(KilledNotes.Note note) {
      String[] words = note.text().split(":", -1);
      return new Place(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }

    @Override
    public String toString() {
      return split + ":" + next;
    }
  }

  /** A record, and its time in milliseconds. */
  record Stamped(long number, long time) {}

  /** All that there are. */
  static List<Stamped> all() {
    List<Stamped> all = new ArrayList<>();
    for (int split = 0; split < SPLITS; split++) {
      for (long n = 0; n < COUNT; n++) {
        all.add(new Stamped(split * 1_000_000L + n, timeOf(split, n)));
      }
    }
    return all;
  }

  private static long timeOf(int split, long n) {
    return n * STEP_MS + (n * 31 + split * 17L) % JITTER_MS;
  }

  @Override
  Instant time(int split, long number) {
    return Instant.ofEpochMilli(timeOf(split, number));
  }

  @Override
  Instant watermark(int split, long next, boolean last) {
    if (last && Files.exists(Path.of(end))) {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }
    if (last) {
      System.out.println("waiting behind split " + split);
    }
    return Instant.ofEpochMilli(next * STEP_MS);
  }

  @Override
  void reading(int split, long next) {
    if (next % LINE == 0) {
      System.out.println("record " + next + " of split " + split);
    }
  }

  @Override
  void opened(int split, Long from) {
    super.opened(split, from);
    try {
      notes.add(OPENED, new Place(split, from == null ? 0 : from).toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void finalized(int split, long next) throws IOException {
    notes.add(FINALIZED, new Place(split, next).toString());
    standStill.get().at(KillPoint.MARK_FINALIZED);
    super.finalized(split, next);
  }
}
