package dev.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.joda.time.DateTime;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorSessionsTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormat.forPattern("dd/MMM/yyyy:HH:mm:ss Z").withLocale(Locale.ENGLISH).withZoneUTC();

  @TempDir Path folder;

  @Test
  void findsTheSessionsOfTheRepositorysLog() throws IOException {
    long malformed = run("examples/data/access.log");
    Expected expected = Expected.of(Files.readAllLines(Path.of("examples/data/access.log")));
    assertEquals(12, expected.malformed.size());
    assertTrue(expected.sessions().size() > 50, "sessions: " + expected.sessions().size());
    assertEquals(12, malformed);
    assertEquals(sorted(expected.malformed), sorted(lines("malformed.log")));
    assertEquals(sorted(expected.sessions()), sorted(sessions()));
  }

  @Test
  void startsASessionAfterThirtyMinutesNotBefore() throws IOException {
    run(
        log(
            page("192.0.2.1", "10:00:00", "/", 200),
            page("192.0.2.1", "10:29:59", "/", 200),
            page("192.0.2.1", "10:59:59", "/", 200)));
    assertEquals(
        List.of(
            "192.0.2.1,2025-03-10T10:00:00Z,2,1799,\"curl\"",
            "192.0.2.1,2025-03-10T10:59:59Z,1,0,\"curl\""),
        sorted(sessions()));
  }

  @Test
  void putsPagesIntoTheOrderOfTheirTime() throws IOException {
    run(
        log(
            page("2001:db8::1", "10:40:00", "/", 200),
            page("2001:db8::1", "10:00:00", "/", 200),
            page("2001:db8::1", "10:20:00", "/", 304)));
    assertEquals(List.of("2001:db8::1,2025-03-10T10:00:00Z,3,2400,\"curl\""), sessions());
  }

  @Test
  void countsOnlyPagesThatWereFound() throws IOException {
    long malformed =
        run(
            log(
                page("192.0.2.1", "10:00:00", "/", 200),
                page("192.0.2.1", "10:00:01", "/site.css", 200),
                page("192.0.2.1", "10:00:02", "/missing", 404)));
    assertEquals(List.of("192.0.2.1,2025-03-10T10:00:00Z,1,0,\"curl\""), sessions());
    assertEquals(0, malformed);
  }

  @Test
  void keepsEveryMalformedLine() throws IOException {
    String cut = "192.0.2.1 - - [10/Mar/2025:10:0";
    assertEquals(3, run(log(cut, page("192.0.2.1", "10:00:00", "/", 200), cut, "")));
    assertEquals(List.of("", cut, cut), sorted(lines("malformed.log")));
    assertEquals(1, sessions().size());
  }

  private long run(String log) {
    String[] args = {
      "--log=" + log,
      "--sessions=" + folder.resolve("sessions.csv"),
      "--malformed=" + folder.resolve("malformed.log")
    };
    return VisitorSessions.malformedLines(
        VisitorSessions.run(Arguments.parse(args, VisitorSessions.Options.class)));
  }

  private String log(String... lines) throws IOException {
    return Files.write(folder.resolve("test.log"), List.of(lines)).toString();
  }

  private static String page(String address, String time, String path, int status) {
    return String.format(
        "%s - - [10/Mar/2025:%s +0000] \"GET %s HTTP/1.1\" %d 1 \"-\" \"curl\"",
        address, time, path, status);
  }

  private List<String> sessions() throws IOException {
    List<String> lines = lines("sessions.csv");
    assertEquals("address,start,pages,seconds,agent", lines.get(0));
    return lines.subList(1, lines.size());
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name));
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** What is to come out, found by cutting lines at quotes and walking through sorted times. */
  private record Expected(Map<List<String>, List<DateTime>> pages, List<String> malformed) {

    static Expected of(List<String> lines) {
      Expected expected = new Expected(new HashMap<>(), new ArrayList<>());
      for (String line : lines) {
        try {
          expected.add(line.replace("\\\"", "\0").split("\"", -1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
          expected.malformed.add(line);
        }
      }
      return expected;
    }

    private void add(String[] quoted) {
      String address = quoted[0].split(" ", -1)[0];
      DateTime time =
          TIME.parseDateTime(
              quoted[0].substring(quoted[0].indexOf('[') + 1, quoted[0].indexOf(']')));
      String[] request = quoted[1].split(" ", -1);
      int status = Integer.parseInt(quoted[2].trim().split(" ", -1)[0]);
      if (quoted.length != 7 || !request[2].startsWith("HTTP/") || address.equals("-")) {
        throw new IllegalArgumentException();
      }
      boolean asset =
          List.of("css", "js", "svg", "jpg", "txt")
              .contains(request[1].substring(request[1].lastIndexOf('.') + 1));
      if (request[0].equals("GET") && (status == 200 || status == 304) && !asset) {
        String agent = quoted[5].replace("\0", "\\\"");
        pages.computeIfAbsent(List.of(address, agent), visitor -> new ArrayList<>()).add(time);
      }
    }

    List<String> sessions() {
      List<String> sessions = new ArrayList<>();
      pages.forEach(
          (visitor, times) -> {
            List<DateTime> rest = new ArrayList<>(times.stream().sorted().toList());
            while (!rest.isEmpty()) {
              int length = 1;
              while (length < rest.size()
                  && rest.get(length).isBefore(rest.get(length - 1).plusMinutes(30))) {
                length++;
              }
              sessions.add(describe(visitor, rest.subList(0, length)));
              rest = rest.subList(length, rest.size());
            }
          });
      return sessions;
    }

    private static String describe(List<String> visitor, List<DateTime> times) {
      DateTime first = times.get(0);
      long seconds = times.get(times.size() - 1).getMillis() / 1000 - first.getMillis() / 1000;
      return String.join(
          ",",
          visitor.get(0),
          first.toString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
          "" + times.size(),
          "" + seconds,
          "\"" + visitor.get(1).replace("\"", "\"\"") + "\"");
    }
  }
}
