package dev.sluice.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The default codec. */
class KryoCodecTest {
  enum Color {
    RED,
    GREEN {
      @Override
      boolean isGreen() {
        return true;
      }
    };

    boolean isGreen() {
      return false;
    }
  }

  record Point(int x, double y, String name, List<Color> colors) {}

  record Unregistered(int content) {}

  /** A class with state and no constructor without arguments. */
  static final class Plain {
    private final String content;

    Plain(String content) {
      this.content = content;
    }
  }

  private static final Codec<Object> VALUES =
      KryoCodec.values(List.of(Point.class, Color.class, Plain.class));
  private static final KeyCodec<Object> KEYS = KryoCodec.keys(List.of(Point.class, Color.class));

  private static byte[] encoded(Codec<Object> codec, Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    codec.encode(value, out);
    return out.toByteArray();
  }

  private static Object copy(Codec<Object> codec, Object value) throws IOException {
    return codec.decode(new ByteArrayInputStream(encoded(codec, value)));
  }

  @Test
  void keepsCommonValues() throws IOException {
    List<Object> values =
        Arrays.asList(
            null,
            "text",
            "",
            "\u00e4\u20ac",
            1,
            -1L,
            (short) 3,
            (byte) 4,
            'c',
            true,
            1.5,
            2.5f,
            List.of(),
            List.of(1),
            List.of(1, "b", 3L),
            Set.of("x"),
            Map.of("k", 1),
            new ArrayList<>(List.of(1, 2)),
            new HashMap<>(Map.of(1, "one")),
            new TreeMap<>(Map.of("b", 2, "a", 1)),
            new LinkedHashMap<>(Map.of("z", 26)),
            Color.RED,
            Color.GREEN,
            new Point(1, 2.5, "p", List.of(Color.RED, Color.GREEN)),
            List.of(new Point(0, 0, null, List.of()), Map.of("nested", List.of(List.of()))));
    for (Object value : values) {
      Object copy = copy(VALUES, value);
      assertEquals(value, copy);
      assertEquals(value, copy(KEYS, value));
    }
    assertSame(Color.GREEN, copy(VALUES, Color.GREEN));
  }

  @Test
  void keepsArraysAndQueuesAndPlainObjects() throws IOException {
    assertArrayEquals(new int[] {1, 2}, (int[]) copy(VALUES, new int[] {1, 2}));
    assertArrayEquals(new String[] {"a", null}, (String[]) copy(VALUES, new String[] {"a", null}));
    Object[] nested = {1, new byte[] {2}, List.of("x")};
    assertArrayEquals(nested, (Object[]) copy(VALUES, nested));
    assertEquals(
        List.of(1, 2),
        new ArrayList<>((ArrayDeque<?>) copy(VALUES, new ArrayDeque<>(List.of(1, 2)))));
    Plain plain = new Plain("content");
    Plain copy = (Plain) copy(VALUES, plain);
    assertNotSame(plain, copy);
    assertEquals("content", copy.content);
  }

  @Test
  void readsOneAfterAnother() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 10; i++) {
      VALUES.encode(List.of(i, "x".repeat(i)), out);
    }
    ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
    for (int i = 0; i < 10; i++) {
      assertEquals(List.of(i, "x".repeat(i)), VALUES.decode(in));
    }
    assertEquals(0, in.available());
  }

  @Test
  void keepsObjectsThatAreSharedOrContainThemselves() throws IOException {
    List<Object> shared = new ArrayList<>(List.of("x"));
    List<?> pair = (List<?>) copy(VALUES, new ArrayList<>(List.of(shared, shared)));
    assertSame(pair.get(0), pair.get(1));
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    List<?> copied = (List<?>) copy(VALUES, circle);
    assertSame(copied, copied.get(0));
  }

  @Test
  void namesAClassThatIsNotRegisteredAndTheOption() {
    Unregistered missing = new Unregistered(4711);
    for (Object value :
        List.of(
            missing,
            List.of(missing),
            new ArrayList<>(List.of(Map.of("k", missing))),
            new Object[] {missing})) {
      String message = assertThrows(CodecException.class, () -> copy(VALUES, value)).getMessage();
      assertTrue(message.contains(Unregistered.class.getName()), message);
      assertTrue(message.contains("EngineOptions.register"), message);
      assertFalse(message.contains("4711"), message);
    }
  }

  @Test
  void writesWellAfterAFailure() throws IOException {
    assertThrows(CodecException.class, () -> copy(VALUES, List.of(1, new Unregistered(1))));
    assertEquals(List.of(1, 2), copy(VALUES, List.of(1, 2)));
  }

  @Test
  void encodesEqualKeysAlikeWhateverTheyShare() throws IOException {
    String one = "same";
    String other = String.valueOf("same".toCharArray());
    assertNotSame(one, other);
    List<Object> shared = List.of(List.of(one), one);
    List<Object> apart = List.of(List.of(String.valueOf("same".toCharArray())), other);
    assertArrayEquals(encoded(KEYS, shared), encoded(KEYS, apart));
    Point point = new Point(1, 2, one, List.of());
    assertArrayEquals(
        encoded(KEYS, List.of(point, point)),
        encoded(KEYS, List.of(point, new Point(1, 2, other, List.of()))));
  }

  @Test
  void refusesAKeyThatContainsItself() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThrows(CodecException.class, () -> encoded(KEYS, circle));
  }

  @Test
  void comparesOnlySimpleKeysWithEquals() {
    for (Object simple : Arrays.asList(null, "a", 1, 2L, 2.5, 'c', true, Color.GREEN)) {
      assertTrue(KEYS.consistentWithEquals(simple), "" + simple);
    }
    for (Object other : List.of(List.of(1), new int[] {1}, new Object(), new BigDecimal("1"))) {
      assertFalse(KEYS.consistentWithEquals(other), other.getClass().getName());
    }
  }

  @Test
  void saysThatBytesAreNotAValueAndNothingElse() throws IOException {
    byte[] good = encoded(VALUES, new Point(1, 2.5, "name", List.of(Color.RED)));
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] bad = good.clone();
      Random random = new Random(seed);
      for (int i = random.nextInt(4); i >= 0; i--) {
        // The length is left as it is: there is a limit on what is read.
        bad[1 + random.nextInt(bad.length - 1)] = (byte) random.nextInt();
      }
      try {
        VALUES.decode(new ByteArrayInputStream(bad));
      } catch (IOException e) {
        assertFalse(e.getMessage().isEmpty());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    for (int length = 0; length < good.length; length++) {
      int end = length;
      assertThrows(IOException.class, () -> VALUES.decode(new ByteArrayInputStream(good, 0, end)));
    }
  }

  @Test
  void isTheSameAfterSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(VALUES);
    }
    byte[] value = encoded(VALUES, Color.RED);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked")
      Codec<Object> copy = (Codec<Object>) in.readObject();
      assertEquals(Color.RED, copy.decode(new ByteArrayInputStream(value)));
    }
  }
}
