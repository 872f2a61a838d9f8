package dev.sluice.benchmarks.nexmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import one.profiler.AsyncProfiler;
import one.profiler.Counter;

/**
 * Runs a query as {@link NexmarkRun} does, and samples its warm rounds. Arguments: the file for the
 * flame graph, the file for the stacks with their numbers of samples, {@link RunArguments}.
 */
final class ProfiledRun {
  private ProfiledRun() {}

  public static void main(String[] args) {
    ChildMain.exitAfter(
        () -> {
          RunArguments arguments = RunArguments.parse(List.of(args).subList(2, args.length));
          NexmarkRun run = new NexmarkRun(arguments);
          arguments.rounds().warmUp(run::timed);
          sampled(arguments.rounds(), run, Path.of(args[0]), Path.of(args[1]));
        });
  }

  private static void sampled(Rounds rounds, NexmarkRun run, Path flames, Path stacks)
      throws Exception {
    AsyncProfiler profiler = AsyncProfiler.getInstance();
    profiler.execute("start,event=cpu,interval=2ms,threads");
    rounds.time(run::timed);
    profiler.stop();
    Files.writeString(stacks, profiler.dumpCollapsed(Counter.SAMPLES));
    profiler.execute("dump,flamegraph,threads,file=" + flames);
  }
}
