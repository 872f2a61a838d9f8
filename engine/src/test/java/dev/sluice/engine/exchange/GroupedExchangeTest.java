package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.exec.Gathered;
import dev.sluice.engine.exec.JobResult;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups are the same in memory and on disk. */
class GroupedExchangeTest {
  private static final String BEDS = "dev.sluice.engine.exchange.Beds#all";
  private static final int TASKS = 4;
  private static final int EACH = 1_500;

  /** Groups numbers, which are sent in their order, by what {@code key} makes of them. */
  private static <K> Map<String, List<Object>> grouped(
      Beds beds, KeyCodec<K> codec, IntFunction<K> key) throws Exception {
    Program program = new Program();
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue(key.apply(n), n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", codec, Program.VALUES, 3, pairs);
    Port gathered = program.map("gather", (Group<Object, Object> g) -> Program.gathered(g), groups);
    Node out = program.collect("out", gathered);
    try (TestBed bed = beds.open()) {
      JobResult result = bed.run(program.plan());
      assertEquals(beds.isSmall(), bed.hasSpilled());
      Map<String, List<Object>> values = new HashMap<>();
      for (Gathered group : Program.<Gathered>collected(result, out)) {
        assertNull(values.put(text(group.key()), group.values()), "a key twice");
      }
      return values;
    }
  }

  private static String text(Object key) {
    return key instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : Objects.toString(key);
  }

  private static Map<String, List<Object>> expected(IntFunction<String> key) {
    return IntStream.range(0, TASKS * EACH)
        .boxed()
        .collect(
            Collectors.groupingBy(
                key::apply, TreeMap::new, Collectors.mapping(n -> n, Collectors.toList())));
  }

  private static void assertGroups(IntFunction<String> key, Map<String, List<Object>> actual) {
    Map<String, List<Object>> expected = expected(key);
    assertEquals(expected.keySet(), new TreeMap<>(actual).keySet());
    expected.forEach((k, values) -> assertEquals(values, actual.get(k), "key " + k));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void keepTheOrderOfEachSender(Beds beds) throws Exception {
    assertGroups(n -> "" + n % 37, grouped(beds, Program.KEYS, n -> n % 37));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveAsManyKeysAsRecords(Beds beds) throws Exception {
    assertGroups(n -> "key " + n, grouped(beds, Program.KEYS, n -> "key " + n));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveKeysThatAreTheSameIfTheirBytesAre(Beds beds) throws Exception {
    assertGroups(
        n -> "key " + n % 37,
        grouped(beds, new ByteKeys(), n -> ("key " + n % 37).getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveCompositeKeys(Beds beds) throws Exception {
    assertGroups(
        n -> "[" + n % 5 + ", key " + n % 7 + "]",
        grouped(beds, Program.KEYS, n -> List.of(n % 5, "key " + n % 7)));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveNullAsAKeyThatIsCompared(Beds beds) throws Exception {
    assertGroups(
        n -> n % 3 == 0 ? "null" : "" + n % 3,
        grouped(beds, Program.KEYS, n -> n % 3 == 0 ? null : n % 3));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveNullAsAKeyThatIsEncoded(Beds beds) throws Exception {
    assertGroups(
        n -> n % 3 == 0 ? "null" : "x" + n % 3,
        grouped(
            beds,
            new ByteKeys(),
            n -> n % 3 == 0 ? null : ("x" + n % 3).getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void haveNullsAsValues(Beds beds) throws Exception {
    Program program = new Program();
    Port pairs =
        program.map(
            "key",
            (Integer n) -> new KeyValue(n % 4, n % 3 == 0 ? null : n),
            program.numbers("n", TASKS, EACH));
    Node out = program.collect("out", program.group("group", 3, pairs));
    try (TestBed bed = beds.open()) {
      long nulls =
          Program.<Gathered>collected(bed.run(program.plan()), out).stream()
              .flatMap(group -> group.values().stream())
              .filter(Objects::isNull)
              .count();
      assertEquals(TASKS * EACH / 3, nulls);
    }
  }
}
