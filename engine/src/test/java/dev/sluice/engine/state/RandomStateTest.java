package dev.sluice.engine.state;

import dev.sluice.engine.exec.Program;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Views that are committed or discarded, against maps that are copied whole. */
@ParameterizedClass(name = "{0}")
@EnumSource(StoreKind.class)
class RandomStateTest {
  private static final StateFormat FORMAT = new TallyFormat(Program.VALUES, true);
  private static final int SEEDS = 200;
  private static final int VIEWS = 20;

  @RegisterExtension static final Stores STORES = new Stores();

  private final StoreKind kind;

  RandomStateTest(StoreKind kind) {
    this.kind = kind;
  }

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsAndTimersAreThoseOfTheMaps(long seed) {
    Random random = new Random(seed);
    StatePartition partition = STORES.partition(kind, FORMAT, false);
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
