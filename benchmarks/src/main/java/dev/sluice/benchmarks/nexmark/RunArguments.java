package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a coordinator asks of a child.
 *
 * @param query what to run
 * @param load what each round reads
 * @param rounds how many rounds to time
 * @param hashedEvents of how many events the last round is, which is not timed but hashes its
 *     results; 0 for no such round
 * @param options for the pipeline
 */
record RunArguments(Query query, Load load, int rounds, long hashedEvents, List<String> options) {
  private static final int LOAD = 3;
  private static final int FIXED = LOAD + 3;

  RunArguments {
    if (rounds < 0 || hashedEvents < 0) {
      throw new IllegalArgumentException(rounds + " rounds, " + hashedEvents + " hashed events");
    }
    options = List.copyOf(options);
  }

  List<String> toArguments() {
    List<String> arguments = new ArrayList<>(load.toArguments());
    arguments.add(query.label());
    arguments.add("" + rounds);
    arguments.add("" + hashedEvents);
    arguments.addAll(options);
    return List.copyOf(arguments);
  }

  /** What {@link #toArguments} gave. */
  static RunArguments parse(List<String> arguments) {
    return new RunArguments(
        Query.named(arguments.get(LOAD)),
        Load.parse(arguments.subList(0, LOAD)),
        Integer.parseInt(arguments.get(LOAD + 1)),
        Long.parseLong(arguments.get(LOAD + 2)),
        arguments.subList(FIXED, arguments.size()));
  }
}
