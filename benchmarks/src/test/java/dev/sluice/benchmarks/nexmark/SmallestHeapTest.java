package dev.sluice.benchmarks.nexmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SmallestHeapTest {
  @Test
  void isEnoughAndLittleMoreThanWhatIsNot() throws Exception {
    for (int needed = 1; needed <= 4096; needed += 13) {
      int least = needed;
      List<Integer> tried = new ArrayList<>();

      int found =
          SmallestHeap.megabytes(
                  4096,
                  megabytes -> {
                    tried.add(megabytes);
                    return megabytes >= least;
                  })
              .getAsInt();

      assertTrue(found >= least, () -> found + " for " + least);
      assertTrue(found - least < Math.max(16, found * 0.1), () -> found + " for " + least);
      assertTrue(tried.size() < 12, tried::toString);
    }
  }

  @Test
  void isNoneIfTheLargestIsNotEnough() throws Exception {
    assertEquals(OptionalInt.empty(), SmallestHeap.megabytes(4096, megabytes -> false));
  }

  @Test
  void canBeSmall() throws Exception {
    assertEquals(OptionalInt.of(16), SmallestHeap.megabytes(16, megabytes -> true));
  }

  @Test
  void knowsBothUnits() {
    assertEquals(4096, Given.limits().ofMegabytes(4096).megabytes());
    assertEquals(2048, new ChildLimits("2g", Given.limits().limit()).megabytes());
  }
}
