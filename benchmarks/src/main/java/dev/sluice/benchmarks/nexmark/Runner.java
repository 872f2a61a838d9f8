package dev.sluice.benchmarks.nexmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A runner that runs the queries. */
enum Runner {
  SLUICE("Sluice", "sluice", 1),
  DIRECT("DirectRunner", "direct", 10),
  FLINK("Flink", "flink", 1),
  SPARK("Spark", "spark", 1);

  private final String title;
  private final String label;
  private final long divisor;

  Runner(String title, String label, long divisor) {
    this.title = title;
    this.label = label;
    this.divisor = divisor;
  }

  /** Its name in a table. */
  String title() {
    return title;
  }

  /** Its name in an argument. */
  String label() {
    return label;
  }

  /** How many of {@code events} it gets: DirectRunner would not come to an end with all of them. */
  long shareOf(long events) {
    return Math.max(1, events / divisor);
  }

  /** Whether it is compared in {@code mode}: Spark's runner is in batch only. */
  boolean runsIn(Mode mode) {
    return mode == Mode.BATCH || this != SPARK;
  }

  /** The options of its pipelines, with {@code workers} workers. */
  List<String> options(Mode mode, int workers) {
    List<String> options = new ArrayList<>(options(workers));
    if (mode == Mode.STREAMING) {
      options.add("--streaming=true");
    }
    return options;
  }

  private List<String> options(int workers) {
    return switch (this) {
      case SLUICE -> List.of("--runner=SluiceRunner", "--parallelism=" + workers);
      case DIRECT ->
          List.of(
              "--runner=DirectRunner",
              "--targetParallelism=" + workers,
              "--enforceImmutability=false",
              "--enforceEncodability=false");
      case FLINK ->
          List.of(
              "--runner=FlinkRunner",
              "--flinkMaster=[local]",
              "--parallelism=" + workers,
              "--objectReuse=true",
              "--fasterCopy=true");
      case SPARK -> List.of("--runner=SparkRunner", "--sparkMaster=local[" + workers + "]");
    };
  }

  /** Options of its JVM. On Java 17, Flink and Spark reach into the JDK. */
  List<String> jvmOptions() {
    return switch (this) {
      case SLUICE, DIRECT -> List.of();
      case FLINK -> opened();
      case SPARK -> {
        List<String> options = new ArrayList<>(opened());
        // Each context would start a web server, at which nobody looks.
        options.add("-Dspark.ui.enabled=false");
        yield options;
      }
    };
  }

  private static List<String> opened() {
    return Stream.of(
            "java.io",
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.net",
            "java.nio",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "sun.nio.ch",
            "sun.security.action",
            "sun.util.calendar")
        .map(opened -> "--add-opens=java.base/" + opened + "=ALL-UNNAMED")
        .toList();
  }
}
