package dev.sluice.benchmarks.nexmark;

import java.util.List;

/** Two ways to run the same query, of which the second is harder. */
enum Contrast {
  /** Ten times the events. */
  GROWTH("growth", "ten times the events take") {
    @Override
    Trial hard(Load load) {
      return new Trial(load.ofEvents(Math.multiplyExact(load.events(), TEN)), WORKERS, NOTHING);
    }
  },
  /** Ten times the people and auctions at a time, of which each is a key. */
  KEYS("keys", "ten times the keys take") {
    @Override
    Trial hard(Load load) {
      return new Trial(load.timesKeys(TEN), WORKERS, NOTHING);
    }
  },
  /** One core of two, and a worker for it. */
  CORES("cores", "one core takes") {
    @Override
    Trial hard(Load load) {
      return new Trial(load, 1, List.of("taskset", "-c", "0"));
    }
  };

  private static final int TEN = 10;
  private static final int WORKERS = Campaign.WORKERS;
  private static final List<String> NOTHING = List.of();

  private final String label;
  private final String claim;

  Contrast(String label, String claim) {
    this.label = label;
    this.claim = claim;
  }

  /**
   * A way to run a query.
   *
   * @param load what it reads
   * @param workers how many threads do it
   * @param prefix what the JVM is started by
   */
  record Trial(Load load, int workers, List<String> prefix) {}

  String label() {
    return label;
  }

  /** What takes a number of times as long as without it. */
  String claim() {
    return claim;
  }

  /** The one that is compared with. */
  Trial easy(Load load) {
    return new Trial(load, WORKERS, NOTHING);
  }

  abstract Trial hard(Load load);
}
