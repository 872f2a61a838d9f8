package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentTest {
  private static final String EMPTY =
      "before\n" + Document.BEGIN + "\n" + Document.END + "\nafter\n";

  @Test
  void replacesWhatIsBetweenTheComments() {
    String first = Document.replace(EMPTY, "first\n");
    String second = Document.replace(first, "second");

    assertEquals(
        "before\n" + Document.BEGIN + "\n\nsecond\n\n" + Document.END + "\nafter\n", second);
  }

  @Test
  void refusesADocumentWithoutAPlaceForFigures() {
    for (String document :
        List.of("", Document.BEGIN, Document.END + Document.BEGIN, EMPTY + EMPTY)) {
      assertThrows(
          IllegalArgumentException.class, () -> Document.replace(document, "figures"), document);
    }
  }
}
