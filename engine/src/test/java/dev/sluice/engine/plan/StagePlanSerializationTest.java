package dev.sluice.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.engine.exec.Backend;
import dev.sluice.engine.exec.KeyValue;
import dev.sluice.engine.exec.Program;
import dev.sluice.engine.exec.TestBed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stage plans as bytes. */
class StagePlanSerializationTest {
  private static StagePlan copy(StagePlan plan) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (StagePlan) in.readObject();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.engine.exec.Backend#all")
  void runTheSameAfterSerialization(Backend backend) throws Exception {
    Program program = new Program();
    Port numbers = program.numbers("n", 4, 50);
    ExchangeNode view = program.broadcast("view", program.routeByRemainder("route", 2, numbers));
    Operator<Integer> adding =
        context -> {
          Output<KeyValue> out = context.output(0);
          return number -> {
            int sum = number;
            for (int other : context.<Integer>broadcast(0)) {
              sum += other;
            }
            out.emit(new KeyValue(sum % 7, sum));
          };
        };
    Node added = program.builder().operator("add", adding, List.of(numbers), List.of(view));
    Port keyed = program.builder().port(added, 0, Program.VALUES);
    Node out = program.collect("out", program.group("group", 3, program.pin("pin", keyed)));
    StagePlan plan = program.plan();
    StagePlan copy = copy(plan);
    assertEquals(plan.explain(), copy.explain());
    try (TestBed bed = backend.open()) {
      assertEquals(bed.run(plan).of(out), bed.run(copy).of(out));
    }
  }
}
