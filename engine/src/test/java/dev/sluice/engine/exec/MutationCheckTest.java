package dev.sluice.engine.exec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.codec.VarInt;
import dev.sluice.engine.plan.Operator;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Port;
import dev.sluice.engine.plan.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements that are changed although they were emitted. */
class MutationCheckTest {
  private static final JobOptions CHECKED =
      JobOptions.DEFAULTS.withCheckMutations(true).withMaxTaskAttempts(1);
  private static final Codec<Object> CODEC = KryoCodec.values(List.of(Box.class));

  /** A class without an equality of its own. */
  static final class Box {
    private int content = 4711;

    @Override
    public String toString() {
      return "a box of " + content;
    }
  }

  /** What is emitted, and what changes it. */
  enum Kind {
    ARRAY,
    LIST,
    BOX;

    Object make() {
      return switch (this) {
        case ARRAY -> new int[] {4711};
        case LIST -> new ArrayList<>(List.of(4711));
        case BOX -> new Box();
      };
    }

    void change(Object element) {
      if (element instanceof int[] array) {
        array[0]++;
      } else if (element instanceof Box box) {
        box.content++;
      } else {
        ((List<?>) element).clear();
      }
    }
  }

  private static JobFailedException failure(Operator<Object> made, Operator<Object> consumer)
      throws IOException {
    Program program = new Program();
    Port numbers = program.numbers("n", 1, 3);
    Port elements = program.builder().operator("make", made, List.of(numbers), CODEC);
    program.operator("consume", consumer, elements);
    try (TestBed bed = Backend.seeded(1).open()) {
      return bed.fail(program.plan(), CHECKED);
    }
  }

  private static void assertNames(JobFailedException failure, Kind kind, String how) {
    String message = failure.getMessage();
    assertTrue(message.contains(kind.make().getClass().getName()), message);
    assertTrue(message.contains("from make was changed"), message);
    assertTrue(message.contains(how), message);
    assertFalse(message.contains("471"), message);
  }

  @ParameterizedTest
  @EnumSource
  void catchesAConsumerThatChangesItsInput(Kind kind) throws Exception {
    JobFailedException failure =
        failure(
            context -> {
              Output<Object> out = context.output(0);
              return number -> out.emit(kind.make());
            },
            context -> kind::change);
    assertNames(failure, kind, "by a consumer");
  }

  /** Emits something at {@code emitAt} and changes it at {@code changeAt}, or at once. */
  private static Operator<Object> changing(Kind kind, String emitAt, String changeAt) {
    return context -> {
      Output<Object> out = context.output(0);
      return new Processor<>() {
        private final Object element = kind.make();

        @Override
        public void process(Object number) {
          at("process " + number);
        }

        @Override
        public void finishBundle() {
          at("finishBundle");
        }

        @Override
        public void finish() {
          at("finish");
        }

        private void at(String call) {
          if (call.equals(emitAt)) {
            out.emit(element);
          }
          if (call.equals(changeAt)) {
            kind.change(element);
          }
          if (call.equals("process 2") && !emitAt.equals(call) && !changeAt.equals(call)) {
            out.emit(kind.make());
          }
        }
      };
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process 0, process 0",
        "process 0, process 1",
        "process 2, process 2",
        "process 2, finishBundle",
        "process 2, finish",
        "finishBundle, finishBundle",
        "finishBundle, finish",
        "finish, finish"
      })
  void catchesAProducerThatChangesWhatItHasEmitted(String calls) throws Exception {
    for (Kind kind : Kind.values()) {
      int comma = calls.indexOf(", ");
      JobFailedException failure =
          failure(
              changing(kind, calls.substring(0, comma), calls.substring(comma + 2)),
              context -> element -> {});
      assertNames(failure, kind, "after it was emitted");
    }
  }

  @Test
  void looksAtNothingUnlessTold() throws Exception {
    Program program = new Program();
    Port numbers = program.numbers("n", 1, 3);
    Operator<Object> changed = changing(Kind.ARRAY, "process 0", "process 1");
    program.builder().operator("make", changed, List.of(numbers), CODEC);
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(program.plan());
    }
  }

  /** Writes numbers differently each time. */
  private record Salted(AtomicInteger salt) implements Codec<Integer> {
    @Override
    public void encode(Integer value, OutputStream out) throws IOException {
      VarInt.write(salt.incrementAndGet(), out);
      VarInt.write(value, out);
    }

    @Override
    public Integer decode(InputStream in) throws IOException {
      VarInt.read(in);
      return VarInt.read(in);
    }
  }

  @Test
  void acceptsACodecThatIsNotDeterministic() throws Exception {
    AtomicInteger salt = new AtomicInteger();
    Program program = new Program();
    Operator<Integer> passing = context -> context.output(0)::emit;
    Port numbers = program.numbers("n", 1, 3);
    Port same = program.builder().operator("same", passing, List.of(numbers), new Salted(salt));
    program.collect("out", same);
    try (TestBed bed = Backend.seeded(1).open()) {
      bed.run(program.plan(), CHECKED);
    }
    assertTrue(salt.get() > 3);
  }
}
