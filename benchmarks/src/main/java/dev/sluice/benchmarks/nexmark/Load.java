package dev.sluice.benchmarks.nexmark;

import java.util.List;
import org.apache.beam.sdk.nexmark.NexmarkConfiguration;
import org.apache.beam.sdk.nexmark.NexmarkUtils;

/**
 * What the generator makes.
 *
 * @param events how many events a round has
 * @param generators into how many parts the source is split
 * @param keys by how much there are more people and auctions at a time than Nexmark has by default
 */
record Load(long events, int generators, int keys) {
  Load {
    if (events < 1 || generators < 1 || keys < 1) {
      throw new IllegalArgumentException(
          events + " events, " + generators + " generators, " + keys + " times the keys");
    }
  }

  /** This load with another number of events. */
  Load ofEvents(long number) {
    return new Load(number, generators, keys);
  }

  /** This load with {@code times} as many keys. */
  Load timesKeys(int times) {
    return new Load(events, generators, keys * times);
  }

  NexmarkConfiguration configuration() {
    NexmarkConfiguration configuration = new NexmarkConfiguration();
    configuration.numEvents = events;
    configuration.numEventGenerators = generators;
    configuration.numActivePeople *= keys;
    configuration.numInFlightAuctions *= keys;
    configuration.sideInputType = NexmarkUtils.SideInputType.DIRECT;
    return configuration;
  }

  List<String> toArguments() {
    return List.of("" + events, "" + generators, "" + keys);
  }

  /** What {@link #toArguments} gave. */
  static Load parse(List<String> arguments) {
    return new Load(
        Long.parseLong(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Integer.parseInt(arguments.get(2)));
  }
}
