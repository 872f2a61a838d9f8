package dev.sluice.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.VarInt;
import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.Gathered;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.Group;
import dev.sluice.engine.plan.Node;
import dev.sluice.engine.plan.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program sees of values that their codec does not keep whole. */
class CopiesTest {
  private static final String BEDS = "dev.sluice.engine.exchange.Beds#all";
  private static final int RECORDS = 3 * 2_500;

  /** A value of which {@link PointCodec} keeps one half, or both. */
  record Point(int kept, int lost) {}

  record PointCodec(boolean whole) implements Codec<Point> {
    @Override
    public void encode(Point value, OutputStream out) throws IOException {
      VarInt.write(value.kept(), out);
      VarInt.write(whole ? value.lost() : 0, out);
    }

    @Override
    public Point decode(InputStream in) throws IOException {
      return new Point(VarInt.read(in), VarInt.read(in));
    }
  }

  private final Program program = new Program();
  private final Map<Integer, Point> sent = new ConcurrentHashMap<>();

  private Port points() {
    return program.map(
        "point",
        (Integer n) -> {
          Point point = new Point(n, 1 + n);
          sent.put(n, point);
          return point;
        },
        program.numbers("n", 3, 2_500));
  }

  private static Exchange routed(Codec<Point> codec) {
    return new Exchange.Routed<>((scope, partitions) -> point -> point.kept() % 4, codec, 4);
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void areReplacedByCopiesWhetherTheySpillOrNot(Beds beds) throws Exception {
    PointCodec half = new PointCodec(false);
    Node routed = program.collect("routed", program.exchange("r", routed(half), points()));
    Node pinned =
        program.collect("pinned", program.exchange("p", new Exchange.Pinned<>(half), points()));
    try (TestBed bed = beds.open()) {
      var result = bed.run(program.plan());
      assertEquals(beds.isSmall(), bed.hasSpilled());
      for (Node out : List.of(routed, pinned)) {
        List<Point> points = Program.collected(result, out);
        assertEquals(RECORDS, points.size());
        points.forEach(point -> assertEquals(0, point.lost()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void areReplacedByCopiesInGroups(Beds beds) throws Exception {
    Port pairs = program.map("key", (Point p) -> new KeyValue(p.kept() % 7, p), points());
    Port groups = program.groups("group", Program.KEYS, new PointCodec(false), 3, pairs);
    Port gathered = program.map("gather", (Group<Object, Object> g) -> Program.gathered(g), groups);
    Node out =
        program.collect(
            "out",
            program.map(
                "check",
                (Gathered group) -> {
                  group.values().forEach(value -> assertEquals(0, ((Point) value).lost()));
                  return group.values().size();
                },
                gathered));
    try (TestBed bed = beds.open()) {
      List<Integer> sizes = Program.collected(bed.run(program.plan()), out);
      assertEquals(RECORDS, sizes.stream().mapToInt(Integer::intValue).sum());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exec.Backend#all")
  void keepTheirIdentityIfTheCodecKeepsThemWhole(Backend backend) throws Exception {
    Node out =
        program.collect("out", program.exchange("route", routed(new PointCodec(true)), points()));
    try (TestBed bed = backend.open()) {
      List<Point> points = Program.collected(bed.run(program.plan()), out);
      assertEquals(RECORDS, points.size());
      points.forEach(point -> assertSame(sent.get(point.kept()), point));
    }
  }

  @ParameterizedTest
  @MethodSource(BEDS)
  void areCopiedOneByOneIfTheCodecSaysThatTheyMustBe(Beds beds) throws Exception {
    Codec<Point> third =
        new Codec<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public void encode(Point value, OutputStream out) throws IOException {
            VarInt.write(value.kept(), out);
            VarInt.write(value.kept() % 3 == 0 ? 0 : value.lost(), out);
          }

          @Override
          public Point decode(InputStream in) throws IOException {
            return new Point(VarInt.read(in), VarInt.read(in));
          }

          @Override
          public boolean mustCopy(Point value) {
            return value.kept() % 3 == 0;
          }
        };
    Node out = program.collect("out", program.exchange("route", routed(third), points()));
    try (TestBed bed = beds.open()) {
      List<Point> points = Program.collected(bed.run(program.plan()), out);
      assertEquals(RECORDS, points.size());
      Set<Point> same = Collections.newSetFromMap(new IdentityHashMap<>());
      same.addAll(sent.values());
      for (Point point : points) {
        assertEquals(point.kept() % 3 == 0 ? 0 : 1 + point.kept(), point.lost());
        assertTrue(
            !beds.isLarge() || same.contains(point) == (point.kept() % 3 != 0), point::toString);
      }
    }
  }
}
