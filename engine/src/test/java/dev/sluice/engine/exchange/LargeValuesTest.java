package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.VarInt;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Few values of a key that are large. */
class LargeValuesTest {
  private static final int TASKS = 2;
  private static final int EACH = 100;
  private static final int VALUE_BYTES = 64 << 10;

  /** What may be in memory of a key's values. */
  private static final int MOST_BYTES = 1 << 20;

  /** A number that takes {@link #VALUE_BYTES}. */
  private record Padded(AtomicInteger decoded) implements Codec<Integer> {
    @Override
    public void encode(Integer value, OutputStream out) throws IOException {
      VarInt.write(value, out);
      out.write(new byte[VALUE_BYTES]);
    }

    @Override
    public Integer decode(InputStream in) throws IOException {
      decoded.incrementAndGet();
      int value = VarInt.read(in);
      in.skipNBytes(VALUE_BYTES);
      return value;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exchange.Beds#small")
  void areNotAllReadBeforeTheyAreAskedFor(Beds beds) throws Exception {
    Padded values = new Padded(new AtomicInteger());
    AtomicInteger decoded = new AtomicInteger();
    Program program = new Program();
    Port pairs =
        program.map(
            "key", (Integer n) -> new KeyValue("hot", n), program.numbers("n", TASKS, EACH));
    Port groups = program.groups("group", Program.KEYS, values, 1, pairs);
    Node out =
        program.collect(
            "out",
            program.map(
                "read",
                (Group<Object, Object> group) -> {
                  decoded.set(values.decoded().get());
                  return Program.gathered(group).values();
                },
                groups));
    try (TestBed bed = beds.open()) {
      List<List<Integer>> read = Program.collected(bed.run(program.plan()), out);
      assertEquals(List.of(IntStream.range(0, TASKS * EACH).boxed().toList()), read);
      assertTrue(bed.hasSpilled());
    }
    // Each task has sampled one.
    int before = decoded.get() - TASKS;
    assertTrue(before <= MOST_BYTES / VALUE_BYTES + 1, before + " values");
  }
}
