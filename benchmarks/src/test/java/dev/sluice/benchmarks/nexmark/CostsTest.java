package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CostsTest {
  @Test
  void belongToTheInnermostFrameThatIsKnown() {
    List<Costs.Cost> costs =
        Costs.of(
            List.of(
                "[worker tid=1];dev/sluice/engine/exec/A.run;"
                    + "org/apache/beam/sdk/coders/StringUtf8Coder.encode;java/lang/String.getBytes 5",
                "[worker tid=1];dev/sluice/engine/exec/A.run;java/lang/Object.wait 2",
                "[worker tid=2];org/apache/beam/sdk/coders/ListCoder.encode 1",
                "[GC Thread#0 tid=3];Worker::run 1",
                "[C2 CompilerThre tid=4];Compile::Compile 1"));

    assertEquals(
        List.of(
            new Costs.Cost("coders", 0.6),
            new Costs.Cost("the rest of Sluice's engine", 0.2),
            new Costs.Cost("garbage collector", 0.1),
            new Costs.Cost("JIT compiler", 0.1)),
        costs);
  }

  @Test
  void belongToNobodyWithoutAKnownFrame() {
    assertEquals(1, Costs.of(List.of("[main tid=1];java/lang/Thread.run 3")).get(0).share());
  }
}
