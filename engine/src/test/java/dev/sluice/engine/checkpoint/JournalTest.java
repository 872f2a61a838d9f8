package dev.sluice.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.storage.LocalStore;
import dev.sluice.engine.storage.SimulatedStore;
import dev.sluice.engine.time.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal gives back after a crash, and after damage. */
@Timeout(120)
class JournalTest {
  @TempDir Path temp;

  private LocalStore store;
  private final ManualClock clock = new ManualClock(1_000_000);

  @BeforeEach
  void makeStore() {
    store = new LocalStore(temp);
  }

  private CheckpointFolder claim() throws IOException {
    return CheckpointFolder.open(store, clock, "test", 60_000, true);
  }

  private static void append(Journal journal, String... words) throws IOException {
    for (String word : words) {
      journal.append(word.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** All records; the end goes to {@code ends}. */
  private static List<String> read(CheckpointFolder folder, String first, List<JournalEnd> ends)
      throws IOException {
    List<String> words = new ArrayList<>();
    ends.add(
        folder.readJournal(
            first,
            (in, where) -> words.add(new String(in.readAllBytes(), StandardCharsets.UTF_8))));
    return words;
  }

  private static List<String> read(CheckpointFolder folder) throws IOException {
    return read(folder, "", new ArrayList<>());
  }

  private Path onlySegment() throws IOException {
    return temp.resolve(store.list(JournalFormat.FOLDER).get(0));
  }

  /** A journal of three words whose process has crashed. */
  private void crashed() throws IOException {
    CheckpointFolder folder = claim();
    Journal journal = folder.journal(JournalEnd.NOTHING);
    for (String word : List.of("one", "two", "three")) {
      append(journal, word);
      journal.sync();
    }
  }

  @Test
  void goesOnFromDriverToDriver() throws IOException {
    crashed();
    for (String word : List.of("four", "five")) {
      try (CheckpointFolder folder = claim()) {
        List<JournalEnd> ends = new ArrayList<>();
        read(folder, "", ends);
        try (Journal journal = folder.journal(ends.get(0))) {
          append(journal, word);
        }
      }
    }
    try (CheckpointFolder folder = claim()) {
      assertEquals(List.of("one", "two", "three", "four", "five"), read(folder));
    }
  }

  @Test
  void isDroppedBySegments() throws IOException {
    try (CheckpointFolder folder = claim()) {
      try (Journal journal = folder.journal(JournalEnd.NOTHING)) {
        append(journal, "one");
        journal.roll();
        append(journal, "two");
        String second = journal.segment();
        journal.roll();
        append(journal, "three");
        folder.dropJournal(second);
        assertEquals(List.of("two", "three"), read(folder, second, new ArrayList<>()));
        folder.dropJournal(journal.segment());
        CorruptCheckpointException e =
            assertThrows(
                CorruptCheckpointException.class, () -> read(folder, second, new ArrayList<>()));
        assertTrue(e.getMessage().contains(second + " is missing"), e.getMessage());
      }
    }
  }

  @Test
  void hasAllWholeRecordsBeforeATornEnd() throws IOException {
    crashed();
    byte[] whole = Files.readAllBytes(onlySegment());
    int last = whole.length;
    List<String> before = List.of();
    for (int length = 0; length <= last; length++) {
      Files.write(onlySegment(), Arrays.copyOf(whole, length));
      try (CheckpointFolder folder = claim()) {
        List<String> words = read(folder);
        assertEquals(List.of("one", "two", "three").subList(0, words.size()), words);
        assertTrue(words.size() >= before.size(), "a longer file has more");
        before = words;
      }
    }
    assertEquals(List.of("one", "two", "three"), before);
  }

  @Test
  void goesOnBehindATornEnd() throws IOException {
    crashed();
    byte[] whole = Files.readAllBytes(onlySegment());
    Files.write(onlySegment(), Arrays.copyOf(whole, whole.length - 2));
    try (CheckpointFolder folder = claim()) {
      List<JournalEnd> ends = new ArrayList<>();
      assertEquals(List.of("one", "two"), read(folder, "", ends));
      append(folder.journal(ends.get(0)), "drei");
    }
    // What a driver that is fenced still writes does not count.
    Files.write(onlySegment(), whole);
    try (CheckpointFolder folder = claim()) {
      assertEquals(List.of("one", "two", "drei"), read(folder));
    }
  }

  @Test
  void noticesEachChangedByteBeforeTheLastRecord() throws IOException {
    crashed();
    byte[] whole = Files.readAllBytes(onlySegment());
    int lastRecord = whole.length - (9 + 9 + "three".length());
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x41;
      Files.write(onlySegment(), changed);
      try (CheckpointFolder folder = claim()) {
        if (at < lastRecord) {
          IOException e = assertThrows(IOException.class, () -> read(folder), "byte " + at);
          assertTrue(e.getMessage().contains("journal/"), e.getMessage());
        } else {
          // That may be what a crash has left.
          assertEquals(List.of("one", "two"), read(folder), "byte " + at);
        }
      }
    }
  }

  @Test
  void hasNothingOfWhatWasNotSyncedBehindAGap() throws IOException {
    CheckpointFolder folder = claim();
    Journal journal = folder.journal(JournalEnd.NOTHING);
    append(journal, "one");
    journal.sync();
    int synced = (int) Files.size(onlySegment());
    // A crash may leave the second page of what was not synced, and not the first.
    append(journal, "two", "three");
    byte[] bytes = Files.readAllBytes(onlySegment());
    bytes[synced + 12] ^= 0x41;
    Files.write(onlySegment(), bytes);
    try (CheckpointFolder next = claim()) {
      assertEquals(List.of("one"), read(next));
    }
  }

  @Test
  void noticesEachChangedByteOfAClosedJournal() throws IOException {
    try (CheckpointFolder folder = claim()) {
      try (Journal journal = folder.journal(JournalEnd.NOTHING)) {
        append(journal, "one", "two");
      }
    }
    byte[] whole = Files.readAllBytes(onlySegment());
    for (int at = 0; at < whole.length - 18; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x41;
      Files.write(onlySegment(), changed);
      try (CheckpointFolder folder = claim()) {
        assertThrows(IOException.class, () -> read(folder), "byte " + at);
      }
    }
  }

  @Test
  void tellsADriverThatIsFencedWhenItSyncs() throws IOException {
    CheckpointFolder first = claim();
    Journal journal = first.journal(JournalEnd.NOTHING);
    append(journal, "one");
    try (CheckpointFolder second = claim()) {
      assertThrows(FencedException.class, journal::sync);
      assertEquals(List.of("one"), read(second), "it was there before the claim was found out");
    }
  }

  @Test
  void touchesTheStoreOnlyForWhatIsNotSynced() throws IOException {
    SimulatedStore simulated = new SimulatedStore(-1, false);
    try (CheckpointFolder folder = CheckpointFolder.open(simulated, clock, "test", 60_000, false);
        Journal journal = folder.journal(JournalEnd.NOTHING)) {
      append(journal, "one", "two");
      journal.sync();
      int before = simulated.operations();
      journal.sync();
      assertEquals(before, simulated.operations());
    }
  }
}
