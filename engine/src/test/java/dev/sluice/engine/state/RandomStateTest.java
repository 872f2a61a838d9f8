package dev.sluice.engine.state;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views that are committed or discarded, against maps that are copied whole. */
class RandomStateTest {
  private static final int SEEDS = 200;
  private static final int VIEWS = 20;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsAndTimersAreThoseOfTheMaps(long seed) {
    Random random = new Random(seed);
    StatePartition partition = new StatePartition();
    StateModel all = new StateModel();
    for (int i = 0; i < VIEWS; i++) {
      StateView view = partition.open();
      StateModel own = all.copy();
      for (int changes = random.nextInt(8); changes > 0; changes--) {
        own.change(view, random);
        own.check(view);
      }
      if (random.nextInt(3) > 0) {
        view.commit();
        own.commit();
        all = own;
      }
      all.check(partition);
    }
  }
}
