package dev.sluice.runner;

import dev.sluice.engine.exec.JobProgress;
import dev.sluice.engine.exec.JobProgress.StageProgress;
import dev.sluice.runner.SluicePipelineOptions.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Shows on a terminal, in one line that is written anew each second, how far a pipeline is. Quick
 * pipelines show nothing.
 */
final class ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final EngineRun engine;
  private final PrintStream out;
  private ScheduledExecutorService timer;
  private ScheduledFuture<?> shows;
  private long lastRecords;
  private boolean shown;

  private ProgressDisplay(EngineRun engine, PrintStream out) {
    this.engine = engine;
    this.out = out;
  }

  /** Starts showing {@code engine}'s progress if the options ask for it. */
  static ProgressDisplay start(SluicePipelineOptions options, EngineRun engine) {
    ProgressDisplay display = new ProgressDisplay(engine, System.err);
    if (options.getProgress() == Progress.ON
        || (options.getProgress() == Progress.AUTO && isTerminal())) {
      display.start();
    }
    return display;
  }

  private void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "sluice-progress");
              thread.setDaemon(true);
              return thread;
            });
    shows = timer.scheduleAtFixedRate(this::show, 1, 1, TimeUnit.SECONDS);
  }

  @SuppressWarnings("SystemConsoleNull") // on Java 17 there is a console only with a terminal
  private static boolean isTerminal() {
    return System.console() != null;
  }

  private void show() {
    JobProgress progress = engine.progress();
    long records = progress.records();
    out.print(CLEAR_LINE + line(progress, Math.max(0, records - lastRecords)));
    out.flush();
    lastRecords = records;
    shown = true;
  }

  /** One line: stages done, the running stages with their tasks, records in the last second. */
  static String line(JobProgress progress, long perSecond) {
    long done = progress.stages().stream().filter(StageProgress::done).count();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "stages %d/%d, %,d records, %,d/s",
                done,
                progress.stages().size(),
                progress.records(),
                perSecond));
    for (StageProgress stage : progress.stages()) {
      if (stage.running() > 0) {
        line.append(
            String.format(
                Locale.ROOT,
                " | %s %d/%d %.0f%%",
                stage.name(),
                stage.succeeded(),
                stage.tasks(),
                100 * stage.fraction()));
      }
    }
    return line.length() > 160 ? line.substring(0, 159) + "…" : line.toString();
  }

  /** Stops showing, and leaves an empty line. */
  void close() {
    if (timer == null) {
      return;
    }
    shows.cancel(false);
    timer.shutdownNow();
    if (shown) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
