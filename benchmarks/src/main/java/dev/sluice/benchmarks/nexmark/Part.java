package dev.sluice.benchmarks.nexmark;

import java.util.List;
import java.util.Optional;

/**
 * A part of the program that a sample of a profile can belong to.
 *
 * @param title what it is
 * @param prefixes with which the names of its threads or the frames of its methods begin
 */
record Part(String title, List<String> prefixes) {
  /** Threads that do nothing else. */
  private static final List<Part> OF_THREADS =
      List.of(
          part("garbage collector", "GC Thread", "G1 "),
          part("JIT compiler", "C1 Compiler", "C2 Compiler"));

  /** Packages, the narrower ones first. */
  private static final List<Part> OF_FRAMES =
      List.of(
          part("generator", "org/apache/beam/sdk/nexmark/sources/"),
          part(
              "coders",
              "org/apache/beam/sdk/coders/",
              "org/apache/beam/sdk/nexmark/model/",
              "org/apache/beam/sdk/util/VarInt",
              "org/apache/beam/sdk/util/CoderUtils",
              "dev/sluice/translation/coder/",
              "dev/sluice/engine/codec/"),
          part("user functions", "org/apache/beam/sdk/nexmark/queries/", "dev/sluice/benchmarks/"),
          part("Beam's runners-core", "org/apache/beam/runners/core/"),
          part("Beam's pipeline options", "org/apache/beam/sdk/options/"),
          part("the rest of Beam", "org/apache/beam/"),
          part("Sluice's sources", "dev/sluice/translation/source/"),
          part("Sluice's grouping", "dev/sluice/translation/group/"),
          part(
              "Sluice's state and timers",
              "dev/sluice/translation/state/",
              "dev/sluice/translation/timers/",
              "dev/sluice/engine/state/"),
          part("Sluice's translation", "dev/sluice/translation/", "dev/sluice/runner/"),
          part("Sluice's exchange", "dev/sluice/engine/exchange/", "dev/sluice/engine/memory/"),
          part("Sluice's receivers", "dev/sluice/engine/receiver/"),
          part("the rest of Sluice's engine", "dev/sluice/"));

  Part {
    prefixes = List.copyOf(prefixes);
  }

  /** The part that all samples of {@code thread} belong to, if there is one. */
  static Optional<Part> ofThread(String thread) {
    return first(OF_THREADS, thread);
  }

  /** The part that {@code frame} is of, if it is known. */
  static Optional<Part> ofFrame(String frame) {
    return first(OF_FRAMES, frame);
  }

  private static Part part(String title, String... prefixes) {
    return new Part(title, List.of(prefixes));
  }

  private static Optional<Part> first(List<Part> parts, String name) {
    return parts.stream()
        .filter(part -> part.prefixes.stream().anyMatch(name::startsWith))
        .findFirst();
  }
}
