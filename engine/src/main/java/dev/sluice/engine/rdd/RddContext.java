package dev.sluice.engine.rdd;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.Executor;
import dev.sluice.engine.exec.LocalExecutor;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where programs on {@link Rdd}s start, and what they run on: worker threads, memory, temporary
 * files. Safe for use by many threads, each of which may run actions; not for use by functions that
 * run in tasks. Several contexts can live in one JVM.
 *
 * <p>Once it is closed every use of it or of its Rdds is an {@link IllegalStateException}.
 */
public final class RddContext implements AutoCloseable {
  private final AtomicInteger ids = new AtomicInteger();
  private final Environment environment;
  private final boolean ownsExecutor;
  private final Codecs codecs;
  private final BlockStore blocks;
  private final Jobs jobs;
  private final CheckpointFiles checkpointFiles;

  /** A context with all defaults. */
  public RddContext() {
    this(new EngineOptions());
  }

  /**
   * A context set up by {@code options}, which are read now.
   *
   * @throws IllegalArgumentException with everything that is wrong with them
   */
  public RddContext(EngineOptions options) {
    options.check();
    MemoryBudget memory = new MemoryBudget(options.memoryBytes());
    TempFiles files = new TempFiles(options.tempFolder());
    Executor executor =
        options.executor().orElseGet(() -> new LocalExecutor("sluice", options.workers()));
    ownsExecutor = options.executor().isEmpty();
    environment = new Environment(executor, memory, files, options.clock());
    codecs = options.codecs();
    blocks = new BlockStore(memory, files);
    jobs =
        new Jobs(
            environment,
            options.jobOptions(),
            AttemptBlocks.publishing(blocks),
            options.listeners());
    checkpointFiles =
        options.checkpointStore() == null
            ? null
            : new CheckpointFiles(options.checkpointStore(), codecs.values());
  }

  /** How many partitions there are where nobody names a number: as many as tasks run at once. */
  public int defaultPartitions() {
    return environment.executor().workers();
  }

  /** The elements of {@code data}, which is copied, in the default number of partitions. */
  public <T> Rdd<T> parallelize(List<? extends T> data) {
    return parallelize(data, defaultPartitions());
  }

  /** The elements of {@code data}, which is copied, in {@code partitions} slices, at least 1. */
  public <T> Rdd<T> parallelize(List<? extends T> data, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    return source("parallelize", new ListSource<T>(new ArrayList<>(data), partitions));
  }

  /** The pairs of {@code data} in the default number of partitions. */
  public <K, V> PairRdd<K, V> parallelizePairs(List<Pair<K, V>> data) {
    return PairRdd.of(parallelize(data));
  }

  /** The pairs of {@code data} in {@code partitions} slices, at least 1. */
  public <K, V> PairRdd<K, V> parallelizePairs(List<Pair<K, V>> data, int partitions) {
    return PairRdd.of(parallelize(data, partitions));
  }

  /** The numbers from {@code start} to {@code end} less one. */
  public Rdd<Long> range(long start, long end) {
    return range(start, end, defaultPartitions());
  }

  /** The numbers from {@code start} to {@code end} less one, in {@code partitions} slices. */
  public Rdd<Long> range(long start, long end, int partitions) {
    Numbers.atLeast(1, partitions, "partitions");
    return source("range", new RangeSource(start, Math.max(start, end), partitions));
  }

  /**
   * The lines of a file, or of all files of a folder whose names start with neither {@code _} nor
   * {@code .}. Text is UTF-8. Large files are split; each line comes once, files and lines in
   * order.
   *
   * <p>The first action that needs the file looks for it, and throws an {@link RddException} if it
   * is missing or cannot be read.
   */
  public Rdd<String> textFile(Path path) {
    return source("textFile", new TextSource(new TextInput(path.toString(), false), 0));
  }

  /** As {@link #textFile(Path)}, for all files that match a pattern such as {@code logs/*.txt}. */
  public Rdd<String> textFile(String pattern) {
    return source("textFile", new TextSource(new TextInput(pattern, true), 0));
  }

  /** As {@link #textFile(String)}, in splits of about {@code splitBytes} bytes, at least 1. */
  public Rdd<String> textFile(String pattern, int splitBytes) {
    Numbers.atLeast(1, splitBytes, "splitBytes");
    return source("textFile", new TextSource(new TextInput(pattern, true), splitBytes));
  }

  /**
   * What {@code source} reads; a partition is a split. The splits are asked for once, by the first
   * action, and kept, so that a partition is the same whenever it is computed.
   *
   * @param name what plans and messages call it
   */
  public <T> Rdd<T> source(String name, Source<T> source) {
    Label label = label(name);
    return new Rdd<>(new Dataset(this, label, new SourceStep(label, source, defaultPartitions())));
  }

  /** As {@link #source}, of a source whose records are given up at some time. */
  public <T> Held<T> hold(String name, Source<T> source) {
    return new Held<>(source(name, source).dataset());
  }

  /** The partitions of all {@code rdds}, in this order. */
  public <T> Rdd<T> union(List<? extends Rdd<T>> rdds) {
    List<Dataset> parents = new ArrayList<>();
    rdds.forEach(rdd -> parents.add(own(rdd)));
    return new Rdd<>(new Dataset(this, label("union"), new UnionStep(parents)));
  }

  /** The blocks of persisted Rdds. */
  public BlockStore blocks() {
    return blocks;
  }

  /**
   * Cancels the actions that run, ends the worker threads, deletes temporary files and blocks.
   * Waits until all that has ended. Without effect if it was closed before.
   */
  @Override
  public void close() {
    if (!jobs.close()) {
      return;
    }
    try {
      blocks.close();
    } finally {
      if (ownsExecutor) {
        environment.close();
      } else {
        environment.files().close();
      }
    }
  }

  Label label(String operation) {
    checkOpen();
    return new Label(operation, ids.incrementAndGet());
  }

  /** The dataset of {@code rdd}, which must be of this context. */
  Dataset own(Rdd<?> rdd) {
    if (rdd.dataset().context() != this) {
      throw new IllegalArgumentException(
          rdd
              + " belongs to another RddContext: an Rdd can be combined with those of its own"
              + " context only");
    }
    return rdd.dataset();
  }

  void checkOpen() {
    jobs.checkOpen();
  }

  /** What the form of stored records depends on, as {@link Codec#layout}. */
  public List<String> layout() {
    return codecs.values().layout();
  }

  /** Writes records of any kind. */
  public Codec<Object> codec() {
    return codecs.values();
  }

  /** What actions run on: worker threads, memory, temporary files, the clock. */
  public Environment environment() {
    return environment;
  }

  Codecs codecs() {
    return codecs;
  }

  Jobs jobs() {
    return jobs;
  }

  /** Where checkpoints go; an error that names the option if there is no store. */
  CheckpointFiles checkpointFiles() {
    if (checkpointFiles == null) {
      throw new IllegalStateException(
          "there is no store for checkpoints: name one in EngineOptions.checkpointStore(...)");
    }
    return checkpointFiles;
  }
}
