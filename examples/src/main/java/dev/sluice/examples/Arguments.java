package dev.sluice.examples;

import dev.sluice.runner.SluiceRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsValidator;

/** The command line of the Beam examples. */
final class Arguments {
  private Arguments() {}

  /**
   * The options in {@code args}; the runner is {@link SluiceRunner} unless they name another.
   *
   * @throws UsageException if there is an unknown option or a value that cannot be used
   */
  static <T extends PipelineOptions> T parse(String[] args, Class<T> type) {
    PipelineOptionsFactory.register(type);
    try {
      T options = PipelineOptionsFactory.fromArgs(args).as(type);
      if (Arrays.stream(args).noneMatch(arg -> arg.startsWith("--runner="))) {
        options.setRunner(SluiceRunner.class);
      }
      return PipelineOptionsValidator.validate(type, options);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          e.getMessage() + " (--help=" + type.getSimpleName() + " lists what there is)", e);
    }
  }

  /**
   * Checks that {@code value} of {@code option} is {@code least} or more.
   *
   * @throws UsageException if it is not so
   */
  static void checkAtLeast(long least, String option, long value) {
    if (value < least) {
      throw new UsageException(option + "=" + value + ": must be at least " + least);
    }
  }

  /**
   * Checks that {@code pattern}, the value of {@code option}, matches files, and that each can be
   * opened. To be called when the pipeline has been created, which makes file systems known.
   *
   * @throws UsageException if it is not so
   */
  static void checkInput(String option, String pattern) {
    try {
      for (Metadata file : FileSystems.match(pattern, EmptyMatchTreatment.DISALLOW).metadata()) {
        FileSystems.open(file.resourceId()).close();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          String.format(
              "%s=%s cannot be read: %s. Name a file that exists and can be read, or a pattern in"
                  + " quotes, such as '%s=folder/*.txt'; relative names start at %s",
              option, pattern, e.getMessage(), option, Path.of("").toAbsolutePath()),
          e);
    }
  }

  /** A program that is done with its arguments. */
  @FunctionalInterface
  interface Program {
    void run() throws Exception;
  }

  /** Runs {@code program}; if it cannot use its arguments, says so and ends the JVM with 2. */
  static void runOrExit(String name, Program program) throws Exception {
    try {
      program.run();
    } catch (UsageException e) {
      System.err.println(name + ": " + e.getMessage());
      System.exit(2);
    }
  }
}
