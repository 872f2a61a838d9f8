package dev.sluice.translation.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.translation.Looked;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** While a checkpoint writes an accumulator, no task looks at it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AccumulatedTest {

  /** What a task does with what is kept: 1 is, and it comes to 3 in the end. */
  private interface Use {
    long of(Accumulated<Looked> kept, Combining<Long, Looked, Long> combining);
  }

  static Stream<Use> uses() {
    return Stream.of(
        (kept, combining) -> {
          var gathering = new Gathering.OfInputs<>(combining);
          return gathering.result(gathering.add(kept, List.of(2L)));
        },
        (kept, combining) -> {
          var gathering = new Gathering.OfAccumulators<>(combining);
          Looked two = combining.add(combining.create(), 2L);
          return gathering.result(gathering.add(kept, List.of(KV.of(1L, two))));
        },
        (kept, combining) -> {
          var gathering = new Gathering.OfInputs<>(combining);
          return gathering.result(gathering.merge(List.of(kept, kept, kept)));
        },
        (kept, combining) -> 3 * new Gathering.OfInputs<>(combining).result(kept));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void oneThreadLooksAtATime(Use use) throws Exception {
    Looked.StartingCoder coder = new Looked.StartingCoder();
    var combining = new Combining<>(new Looked.Sums(), coder);
    var gathering = new Gathering.OfInputs<>(combining);
    Accumulated<Looked> kept = gathering.add(gathering.nothing(), List.of(1L));
    FutureTask<Long> task = new FutureTask<>(() -> use.of(kept, combining));
    coder.starts(new Thread(task));
    ByteArrayOutputStream checkpoint = new ByteArrayOutputStream();
    gathering.coder().encode(kept, checkpoint);
    assertEquals(3, task.get());
    assertEquals(1, checkpoint.toByteArray()[0]);
  }
}
