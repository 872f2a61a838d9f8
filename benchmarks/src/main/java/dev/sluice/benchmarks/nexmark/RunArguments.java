package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a coordinator asks of a child.
 *
 * @param query what to run
 * @param load what each round reads
 * @param rounds how many rounds to run
 * @param hashedEvents of how many events the last round is, which is not timed but hashes its
 *     results; 0 for no such round
 * @param options for the pipeline
 */
record RunArguments(
    Query query, Load load, Rounds rounds, long hashedEvents, List<String> options) {
  private static final int LOAD = 3;
  private static final int FIXED = LOAD + 4;

  RunArguments {
    if (hashedEvents < 0) {
      throw new IllegalArgumentException(hashedEvents + " hashed events");
    }
    options = List.copyOf(options);
  }

  List<String> toArguments() {
    List<String> arguments = new ArrayList<>(load.toArguments());
    arguments.add(query.label());
    arguments.add("" + rounds.warmUpSeconds());
    arguments.add("" + rounds.warm());
    arguments.add("" + hashedEvents);
    arguments.addAll(options);
    return List.copyOf(arguments);
  }

  /** What {@link #toArguments} gave. */
  static RunArguments parse(List<String> arguments) {
    return new RunArguments(
        Query.named(arguments.get(LOAD)),
        Load.parse(arguments.subList(0, LOAD)),
        new Rounds(
            Integer.parseInt(arguments.get(LOAD + 1)), Integer.parseInt(arguments.get(LOAD + 2))),
        Long.parseLong(arguments.get(LOAD + 3)),
        arguments.subList(FIXED, arguments.size()));
  }
}
