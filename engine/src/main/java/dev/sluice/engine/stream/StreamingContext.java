package dev.sluice.engine.stream;

import dev.sluice.engine.batch.Ledger;
import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Function2;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.receiver.Receiver;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Where programs on {@link DStream}s start: it defines inputs, and runs a batch each batch duration
 * from {@link #start} to {@link #stop()}. Several contexts can live in one JVM.
 *
 * <p>It is defined by one thread at a time, before the first start. All else is safe for use by
 * many threads, also by functions that run on the job thread, but for what waits.
 */
public final class StreamingContext implements AutoCloseable {
  private final RddContext rdds;
  private final Graph graph;
  private final Announcements announcements;
  private final Leases leases = new Leases();
  private final Runs runs;
  private final Inputs inputs;

  /** A context with all other options by default. */
  public StreamingContext(Duration batchDuration) {
    this(new StreamingOptions(batchDuration));
  }

  /**
   * A context set up by {@code options}, which are read now.
   *
   * @throws IllegalArgumentException with everything that is wrong with them
   */
  public StreamingContext(StreamingOptions options) {
    options.check();
    rdds = new RddContext(options.engine());
    graph = new Graph(rdds, options.batchMs());
    announcements = new Announcements(options.name());
    runs = new Runs(graph, announcements, options);
    inputs = new Inputs(graph, options.receivers(), announcements);
  }

  /**
   * The context that {@code factory} makes, with its checkpoints in {@code folder}: when it is
   * started it goes on where an earlier process has been, if there was one. The program is always
   * defined anew; what it was is never stored.
   *
   * @param folder a path, or a URI such as {@code hdfs://name/folder}
   */
  public static StreamingContext getOrCreate(String folder, Supplier<StreamingContext> factory) {
    StreamingContext context = factory.get();
    try {
      context.checkpoint(CheckpointOptions.in(folder));
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Where datasets are made: those of batches and others, which can be combined. */
  public RddContext rdds() {
    return rdds;
  }

  /**
   * Names the place for checkpoints, before the first start.
   *
   * @throws IllegalArgumentException with everything that is wrong with {@code options}
   */
  public void checkpoint(CheckpointOptions options) {
    List<String> problems = new ArrayList<>();
    options.check(problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    runs.checkpoint(options);
  }

  /** Keeps the datasets of all streams for {@code duration} at least. */
  public void remember(Duration duration) {
    graph.rememberAll(duration.toMillis());
  }

  // Inputs.

  /** What {@code receiver} stores. A receiver has a thread of its own and takes no worker. */
  public <T> DStream<T> receiverStream(Receiver<T> receiver) {
    return receiverStream(List.of(receiver));
  }

  /** What several receivers store. */
  public <T> DStream<T> receiverStream(List<? extends Receiver<T>> receivers) {
    return new DStream<>(inputs.receivers("receiverStream", receivers));
  }

  /** The lines of UTF-8 that come from a port; it connects again when the connection ends. */
  public DStream<String> socketTextStream(String host, int port) {
    return new DStream<>(inputs.socket("socketTextStream", host, port, SocketReceiver::lines));
  }

  /** What {@code decoder} makes of the bytes that come from a port, on the receiver's thread. */
  public <T> DStream<T> socketStream(
      String host, int port, Function1<InputStream, ? extends Iterator<? extends T>> decoder) {
    return new DStream<>(inputs.<T>socket("socketStream", host, port, decoder));
  }

  /**
   * The absolute names of files that appear in {@code folder} after the first start, each once.
   * They should appear complete: written under a name that starts with {@code _} or {@code .} or in
   * another folder, and then moved.
   */
  public DStream<String> fileStream(Path folder) {
    return new DStream<>(inputs.files(folder));
  }

  /** The lines of the files that appear in {@code folder}, as {@link #fileStream}. */
  public DStream<String> textFileStream(Path folder) {
    return new DStream<>(inputs.textFiles(folder));
  }

  /**
   * Datasets of {@link #rdds} that are put into {@code queue}, which is locked while it is looked
   * at.
   *
   * @param oneAtATime whether a batch takes one, or all that are there
   */
  public <T> DStream<T> queueStream(Queue<Rdd<T>> queue, boolean oneAtATime) {
    return queueStream(queue, oneAtATime, null);
  }

  /** The same, with the dataset of a batch for which there is none. */
  public <T> DStream<T> queueStream(Queue<Rdd<T>> queue, boolean oneAtATime, Rdd<T> otherwise) {
    return new DStream<>(inputs.queue(queue, oneAtATime, otherwise));
  }

  /** The records of all {@code streams}, which have the same slide. */
  public <T> DStream<T> union(List<? extends DStream<T>> streams) {
    return new DStream<>(Unions.of(streams.stream().map(DStream::node).toList()));
  }

  /**
   * What {@code function} makes of the datasets of {@code streams}, which are of one kind and have
   * the same slide, and of the time of their batch.
   */
  public <T, R> DStream<R> transform(
      List<? extends DStream<T>> streams, Function2<List<Rdd<T>>, Long, Rdd<R>> function) {
    List<Node<T>> nodes = streams.stream().map(stream -> stream.node()).toList();
    return new DStream<>(
        Streams.all(
            nodes,
            "transform",
            (timeMs, unused) ->
                function.apply(nodes.stream().map(node -> node.dataset(timeMs)).toList(), timeMs)));
  }

  // What is kept, and who is told.

  /**
   * Keeps the records of {@code rdd} beyond its batch: computes them now, unless that was done, and
   * holds them until the lease is closed.
   *
   * @param name who holds them; each name can be used once at a time
   */
  public <T> Lease<T> pin(Rdd<T> rdd, String name) {
    return leases.pin(rdd, name);
  }

  /** The names of the leases that are open. */
  public List<String> leases() {
    return leases.names();
  }

  /** Adds a listener; at any time. */
  public void addListener(StreamListener listener) {
    announcements.add(listener);
  }

  /** The last batches and where they stand. */
  public Ledger ledger() {
    return runs.ledger();
  }

  // Life.

  /** Where the context stands. */
  public StreamState state() {
    return runs.state();
  }

  /**
   * Starts receivers and batches and returns at once. The first batch is that of the next multiple
   * of the batch duration. After a stop it goes on: with its states, with batches that had been
   * planned and with what receivers had stored. If it runs already there is a warning and no
   * effect.
   *
   * <p>With a folder for checkpoints the first start takes over what an earlier process has left:
   * it returns when states and blocks are read, and what was prepared is published. Batches that
   * were done are run for their states only; those that were planned follow, in order.
   *
   * @throws StreamGraphException with everything that is wrong with the definition; the context is
   *     closed then, as it is after the next two
   * @throws IncompatibleProgramException if the checkpoint is that of another program
   * @throws java.io.UncheckedIOException if the checkpoint is in use, damaged, of a newer version,
   *     or cannot be reached
   * @throws IllegalStateException if it is stopping, has failed or is closed
   */
  public void start() {
    try {
      runs.start();
    } catch (StreamGraphException
        | IncompatibleProgramException
        | BatchFailedException
        | UncheckedIOException e) {
      close();
      throw e;
    }
  }

  /** As {@code stop(false)}. */
  public void stop() {
    stop(false);
  }

  /**
   * Stops receivers and batches; waits for the end unless it is called by a function of a batch.
   * Without effect if nothing runs. The batch that runs is finished in any case.
   *
   * @param graceful whether all that receivers have stored is to be processed now. Otherwise it
   *     waits for the next start, and so do batches that are late.
   */
  public void stop(boolean graceful) {
    runs.stop(graceful);
  }

  /**
   * Waits until the context has stopped.
   *
   * @throws BatchFailedException if a batch has failed
   * @throws IllegalStateException if something else has, such as a receiver
   */
  public void awaitTermination() throws InterruptedException {
    runs.await();
  }

  /** As {@link #awaitTermination()}, for a time; false if it was over before. */
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return runs.await(timeout);
  }

  /**
   * Stops, interrupting the batch that runs, and gives everything back: threads, memory, files,
   * leases. Not for functions of batches. Without effect the second time.
   */
  @Override
  public void close() {
    if (runs.close()) {
      announcements.close();
      rdds.close();
    }
  }
}
