package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.exec.Executor;
import dev.sluice.engine.exec.Gathered;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.exec.JobResult;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.SeededExecutor;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random records, tasks, partitions and budgets against maps and lists. */
class RandomExchangesTest {
  private static final int SEEDS = 40;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  /** Each task's pairs of a key and a text; few keys are hot, many are rare. */
  private static List<List<KeyValue>> draw(Random random) {
    int keys = 1 + random.nextInt(300);
    int length = 1 + random.nextInt(200);
    List<List<KeyValue>> tasks = new ArrayList<>();
    for (int task = random.nextInt(6); task >= 0; task--) {
      List<KeyValue> records = new ArrayList<>();
      for (int i = random.nextInt(2_500); i > 0; i--) {
        int key = random.nextInt(1 + random.nextInt(keys));
        String value = task + ":" + i + "x".repeat(random.nextInt(length));
        records.add(new KeyValue(key == 0 ? null : "key " + key, value));
      }
      tasks.add(records);
    }
    return tasks;
  }

  private static Map<String, List<Object>> model(List<List<KeyValue>> tasks) {
    Map<String, List<Object>> values = new TreeMap<>();
    for (List<KeyValue> task : tasks) {
      for (KeyValue record : task) {
        values.computeIfAbsent("" + record.key(), k -> new ArrayList<>()).add(record.value());
      }
    }
    return values;
  }

  private static Map<String, List<Object>> byKey(List<Gathered> groups) {
    Map<String, List<Object>> values = new TreeMap<>();
    for (Gathered group : groups) {
      String key =
          group.key() instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.UTF_8)
              : "" + group.key();
      assertEquals(null, values.put(key, group.values()), "a key twice");
    }
    return values;
  }

  private static Node grouped(
      Program program, String name, KeyCodec<?> keys, int partitions, Port pairs) {
    Port groups = program.groups(name, keys, Program.VALUES, partitions, pairs);
    return program.collect(
        name + " out",
        program.map(name + " read", (Group<Object, Object> g) -> Program.gathered(g), groups));
  }

  private static Object bytes(Object key) {
    return key == null ? null : ((String) key).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void giveWhatMapsGive(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<KeyValue>> tasks = draw(random);
    int partitions = random.nextInt(9);
    long memoryBytes = 16_000L << random.nextInt(10);
    int workers = 1 + random.nextInt(4);
    Program program = new Program();
    Port pairs = program.source("pairs", tasks);
    Node compared = grouped(program, "compared", Program.KEYS, partitions, pairs);
    Port inBytes =
        program.map("bytes", (KeyValue p) -> new KeyValue(bytes(p.key()), p.value()), pairs);
    Node encoded = grouped(program, "encoded", new ByteKeys(), partitions, inBytes);
    Node pinned = program.collect("pinned", program.pin("pin", pairs));
    Executor executor =
        random.nextBoolean()
            ? new LocalExecutor("test", workers)
            : new SeededExecutor(seed, workers);
    JobOptions options = JobOptions.DEFAULTS.withSkipEmptyPartitions(random.nextBoolean());
    try (TestBed bed = new TestBed(executor, memoryBytes, Clock.system())) {
      JobResult result = bed.run(program.plan(), options);
      Map<String, List<Object>> expected = model(tasks);
      assertEquals(expected, byKey(Program.collected(result, compared)));
      assertEquals(expected, byKey(Program.collected(result, encoded)));
      assertEquals(
          tasks.stream().filter(task -> !task.isEmpty()).toList(),
          result.<List<KeyValue>>of(pinned).stream().filter(task -> !task.isEmpty()).toList());
    }
  }
}
