package dev.sluice.benchmarks.nexmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.nexmark.model.Event;
import org.apache.beam.sdk.nexmark.sources.generator.Generator;
import org.apache.beam.sdk.nexmark.sources.generator.GeneratorConfig;
import org.joda.time.Instant;

/**
 * The generator on threads of its own, without a runner. Arguments: the {@link Limit}, threads, the
 * {@link Rounds}, and the {@link Load}. Prints a {@link Report} for each round.
 */
final class LimitRun {
  /** Where Nexmark's sources start. */
  private static final Instant FIRST_EVENT = Instant.parse("2015-07-15T00:00:00Z");

  private LimitRun() {}

  public static void main(String[] args) {
    ChildMain.exitAfter(
        () -> {
          Limit limit = Limit.valueOf(args[0]);
          int threads = Integer.parseInt(args[1]);
          Rounds rounds = new Rounds(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
          Load load = Load.parse(List.of(args).subList(4, args.length));
          ExecutorService executor = Executors.newFixedThreadPool(threads);
          Rounds.Round round = warm -> timed(warm, limit, load, executor);
          rounds.warmUp(round);
          rounds.time(round);
          executor.shutdown();
        });
  }

  /** Lets the executor's threads make all events. */
  private static Report.Timed timed(boolean warm, Limit limit, Load load, ExecutorService executor)
      throws Exception {
    long start = System.nanoTime();
    GeneratorConfig all =
        new GeneratorConfig(load.configuration(), FIRST_EVENT.getMillis(), 0, load.events(), 0);
    List<Future<Long>> parts = new ArrayList<>();
    for (GeneratorConfig part : all.split(load.generators())) {
      parts.add(executor.submit(() -> pass(limit, new Generator(part), new AtomicReference<>())));
    }
    long passed = 0;
    for (Future<Long> part : parts) {
      passed += part.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Report.Timed(warm, load.events(), seconds, passed);
  }

  /** Each thread has a {@code sink} of its own: no event is optimized away, and none is shared. */
  private static long pass(Limit limit, Generator generator, AtomicReference<Event> sink)
      throws IOException {
    long passed = 0;
    while (generator.hasNext()) {
      sink.setOpaque(limit.pass(generator.next().getValue()));
      passed++;
    }
    return passed;
  }
}
