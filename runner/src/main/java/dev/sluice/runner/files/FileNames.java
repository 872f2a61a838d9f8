package dev.sluice.runner.files;

import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The names of a sink's files: {@code _attempts/<run>.<sink>.<file>}, then {@code
 * <prefix><file><suffix>}.
 *
 * @param run of the pipeline; the same for all its sinks and all copies of their DoFns
 * @param sink one of the run's
 */
record FileNames(String run, String sink, String prefix, String suffix) implements Serializable {
  /** Before the names of files that are not published. */
  static final String ATTEMPTS = "_attempts/";

  /** Those of a new run; {@code options} are the pipeline's. */
  static FileNames of(PipelineOptions options, String prefix, String suffix) {
    // Two runs of one options object have one name. Then the first one's files stay until the end.
    RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
    String run = process.getStartTime() + "-" + process.getPid() + "-" + options.getOptionsId();
    return new FileNames(run, UUID.randomUUID().toString().substring(0, 8), prefix, suffix);
  }

  String attempt(String file) {
    return ATTEMPTS + run + "." + sink + "." + file;
  }

  String published(String file) {
    return prefix + file + suffix;
  }

  /** What all attempts of this run start with. */
  String runPrefix() {
    return ATTEMPTS + run + ".";
  }

  /** What all attempts of the run that has made {@code attempt} start with. */
  static String runPrefix(String attempt) {
    return attempt.substring(0, attempt.indexOf('.') + 1);
  }

  /** What all attempts of the sink that has made {@code attempt} start with. */
  static String sinkPrefix(String attempt) {
    return attempt.substring(0, attempt.lastIndexOf('.') + 1);
  }
}
