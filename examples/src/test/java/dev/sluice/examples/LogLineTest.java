package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
  private static final String GOOD =
      "192.0.2.1 - ann [10/Mar/2025:11:00:05 +0100] \"GET /a?b=c HTTP/2.0\" 200 51 \"-\" \"curl\"";

  @Test
  void takesTheTimeInItsZone() {
    assertEquals(
        Optional.of(
            new LogLine(
                "192.0.2.1", Instant.parse("2025-03-10T10:00:05Z"), "GET", "/a?b=c", 200, "curl")),
        LogLine.parse(GOOD));
  }

  @Test
  void allowsQuotesThatAreEscapedAndAMissingSize() {
    LogLine line =
        LogLine.parse(GOOD.replace("curl", "a \\\"b\\\" c").replace(" 51 ", " - ")).orElseThrow();
    assertEquals("192.0.2.1 a \\\"b\\\" c", line.visitor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a.html", "/a?b=c", "/css"})
  void knowsPages(String path) {
    assertTrue(LogLine.parse(GOOD.replace("/a?b=c", path)).orElseThrow().isPage());
  }

  @Test
  void tellsPagesFromOtherRequests() {
    assertFalse(LogLine.parse(GOOD.replace("/a?b=c", "/a.css")).orElseThrow().isPage());
    assertFalse(LogLine.parse(GOOD.replace("GET", "POST")).orElseThrow().isPage());
    assertFalse(LogLine.parse(GOOD.replace(" 200 ", " 404 ")).orElseThrow().isPage());
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    for (int length = 0; length < GOOD.length(); length++) {
      assertEquals(Optional.empty(), LogLine.parse(GOOD.substring(0, length)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"31/Feb/2025", "10/Foo/2025", "10/3/2025", "10/Mar/25"})
  void refusesDaysThatDoNotExist(String day) {
    assertEquals(Optional.empty(), LogLine.parse(GOOD.replace("10/Mar/2025", day)));
  }
}
