package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.event.EngineListener;
import dev.sluice.engine.exec.Executor;
import dev.sluice.engine.exec.JobOptions;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an {@link RddContext} is set up. Every option has a default; problems are found, all of them,
 * when a context is made. For use by one thread.
 */
public final class EngineOptions {
  private static final double DEFAULT_MEMORY_FRACTION = 0.5;

  private Integer workers;
  private Double memoryFraction;
  private Long memoryBytes;
  private Path tempFolder = Path.of(System.getProperty("java.io.tmpdir"));
  private final List<Class<?>> registered = new ArrayList<>();
  private JobOptions jobOptions = JobOptions.DEFAULTS;
  private Codecs codecs;
  private Executor executor;
  private Clock clock = Clock.system();
  private DurableStore checkpointStore;
  private final List<EngineListener> listeners = new ArrayList<>();

  /** All defaults. */
  public EngineOptions() {}

  /** How many tasks run at once, at least 1; by default as many as there are processors. */
  public EngineOptions workers(int count) {
    workers = count;
    return this;
  }

  /** The share of the largest heap that buffers and blocks may take; by default 0.5. */
  public EngineOptions memoryFraction(double fraction) {
    memoryFraction = fraction;
    return this;
  }

  /** The heap bytes that buffers and blocks may take, instead of a share. */
  public EngineOptions memoryBytes(long bytes) {
    memoryBytes = bytes;
    return this;
  }

  /** Where temporary files go, by default the JVM's {@code java.io.tmpdir}. */
  public EngineOptions tempFolder(Path folder) {
    tempFolder = Objects.requireNonNull(folder, "tempFolder");
    return this;
  }

  /**
   * Adds classes that Kryo may write and read. Only objects of registered classes and of common
   * ones of the JDK can cross an exchange or be persisted: some of them are encoded at once, to see
   * how large they are, all of them when they wait in a large exchange, spill, are kept serialized
   * or checkpointed.
   */
  public EngineOptions register(Class<?>... types) {
    registered.addAll(List.of(types));
    return this;
  }

  /** How jobs are run; partitions without records are never left out. */
  public EngineOptions jobOptions(JobOptions options) {
    jobOptions = Objects.requireNonNull(options, "jobOptions");
    return this;
  }

  /** Codecs instead of Kryo; that of values must be able to write {@link Pair}s. */
  public EngineOptions codec(Codec<Object> values, KeyCodec<Object> keys) {
    codecs =
        new Codecs(Objects.requireNonNull(values, "values"), Objects.requireNonNull(keys, "keys"));
    return this;
  }

  /** What runs the tasks, instead of worker threads. It is not closed with the context. */
  public EngineOptions executor(Executor other) {
    executor = Objects.requireNonNull(other, "executor");
    return this;
  }

  /** The clock for the durations of tasks, by default the machine's. */
  public EngineOptions clock(Clock other) {
    clock = Objects.requireNonNull(other, "clock");
    return this;
  }

  /** Where {@link Rdd#checkpoint} writes. What it has written stays when the context is closed. */
  public EngineOptions checkpointStore(DurableStore store) {
    checkpointStore = Objects.requireNonNull(store, "checkpointStore");
    return this;
  }

  /** Adds a listener, called on the threads that run actions; with several, at once. */
  public EngineOptions listener(EngineListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /** Throws an {@link IllegalArgumentException} that names all problems, if there are any. */
  void check() {
    List<String> problems = new ArrayList<>();
    if (workers != null && workers < 1) {
      problems.add("workers is " + workers + ": at least 1");
    }
    if (workers != null && executor != null) {
      problems.add("workers and executor are both given: an executor has its own workers");
    }
    if (memoryFraction != null && !(memoryFraction > 0 && memoryFraction <= 1)) {
      problems.add("memoryFraction is " + memoryFraction + ": more than 0, at most 1");
    }
    if (memoryBytes != null && memoryBytes < 1) {
      problems.add("memoryBytes is " + memoryBytes + ": at least 1");
    }
    if (memoryFraction != null && memoryBytes != null) {
      problems.add("memoryFraction and memoryBytes are both given: name one");
    }
    if (Files.exists(tempFolder) && !Files.isDirectory(tempFolder)) {
      problems.add("tempFolder " + tempFolder + " is no folder: name one");
    }
    if (codecs != null && !registered.isEmpty()) {
      problems.add("classes are registered with Kryo, but codec names other codecs");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("EngineOptions: " + String.join("; ", problems));
    }
  }

  int workers() {
    return workers == null ? Runtime.getRuntime().availableProcessors() : workers;
  }

  long memoryBytes() {
    if (memoryBytes != null) {
      return memoryBytes;
    }
    double fraction = memoryFraction == null ? DEFAULT_MEMORY_FRACTION : memoryFraction;
    return Math.max(1, (long) (Runtime.getRuntime().maxMemory() * fraction));
  }

  Path tempFolder() {
    return tempFolder;
  }

  JobOptions jobOptions() {
    return jobOptions;
  }

  Codecs codecs() {
    if (codecs != null) {
      return codecs;
    }
    List<Class<?>> classes = new ArrayList<>();
    classes.addAll(List.of(Pair.class, Grouping.Tagged.class, Optional.class));
    classes.addAll(registered);
    return new Codecs(KryoCodec.values(classes), KryoCodec.keys(classes));
  }

  Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }

  Clock clock() {
    return clock;
  }

  DurableStore checkpointStore() {
    return checkpointStore;
  }

  List<EngineListener> listeners() {
    return List.copyOf(listeners);
  }
}
