package dev.sluice.validates;

import java.util.Locale;

/** A share of the tests that one JVM runs, beside the JVMs of the other shards. */
enum Shard {
  /** The tests that wait for long, and leave the processors to the other shards meanwhile. */
  APART,
  /** The rest of the suite of the same name. */
  VALIDATES_RUNNER,
  /** The rest of the suite of the same name. */
  NEEDS_RUNNER;

  static Shard of(BeamTest test, ApartTests apart) {
    if (apart.contains(test)) {
      return APART;
    }
    return switch (test.suite()) {
      case VALIDATES_RUNNER -> VALIDATES_RUNNER;
      case NEEDS_RUNNER -> NEEDS_RUNNER;
    };
  }

  /** As it is written in the name of a file. */
  String fileName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
