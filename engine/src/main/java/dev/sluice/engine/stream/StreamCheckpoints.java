package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.checkpoint.Journal;
import dev.sluice.engine.checkpoint.JournalEnd;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.rdd.RddFiles;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The checkpoints and the journal of a context. For use by the thread that starts it, then by the
 * scheduler's; checkpoints are written by another one while batches go on.
 *
 * <p>A checkpoint says where inputs stand after a batch and where its states lie. What comes after
 * it is in the journal: blocks, what each batch reads, which batches are done. So a batch is
 * durable when the journal says that it is done, and a later process computes its states again of
 * the blocks that it had.
 */
final class StreamCheckpoints implements Durability {
  private final String name;
  private final Graph graph;
  private final Clock clock;
  private final CheckpointOptions options;
  private final Announcements announcements;
  private final Map<Long, String> plannedIn = new TreeMap<>();
  private CheckpointFolder folder;
  private CheckpointWriter writer;
  private StreamJournal records;
  private Journal journal;
  private long intervalMs;
  private long takenMs;
  private long takenBatchMs;
  private long completeMs;

  /** Of a context whose threads are called {@code name}. */
  StreamCheckpoints(
      String name, Graph graph, CheckpointOptions options, Announcements announcements) {
    this.name = name;
    this.graph = graph;
    this.clock = graph.rdds().environment().clock();
    this.options = options;
    this.announcements = announcements;
  }

  @Override
  public Optional<Resumed> open() throws IOException {
    DurableStore store = options.open();
    String owner = name + " of " + ProcessHandle.current().pid();
    folder = CheckpointFolder.open(store, clock, owner, options.leaseMs(), options.takeOver());
    RddFiles files = new RddFiles(graph.rdds(), store);
    writer = new CheckpointWriter(name, folder, store, files);
    intervalMs = graph.checkpointMs(options.intervalMs());
    takenMs = clock.nowMs();
    Manifest found = StreamRecovery.manifest(folder);
    records = new StreamJournal(found == null ? "" : found.journalFrom());
    graph.inputs().forEach(input -> input.keepIn(records));
    return found == null ? begin() : resume(found, files);
  }

  /** Without a checkpoint nothing could be gone on from: so there is one from the beginning. */
  private Optional<Resumed> begin() throws IOException {
    after(graph.originMs());
    writer.writeNow(new CheckpointWriter.Snapshot(manifest(""), List.of()));
    openJournal(JournalEnd.NOTHING);
    return Optional.empty();
  }

  private Optional<Resumed> resume(Manifest found, RddFiles files) throws IOException {
    after(found.timeMs());
    writer.known(found.datasets());
    StreamRecovery recovery = new StreamRecovery(graph, folder, files);
    recovery.restore(found);
    openJournal(recovery.replay(found));
    recovery.batches().forEach(batch -> plannedIn.put(batch.timeMs(), found.journalFrom()));
    announcements.tell(new StreamEvent.Recovered(found.timeMs(), recovery.batches().size()));
    return Optional.of(new Resumed(found.timeMs(), recovery.batches(), options.downtime()));
  }

  private void after(long timeMs) {
    takenBatchMs = timeMs;
    completeMs = timeMs;
  }

  private void openJournal(JournalEnd end) throws IOException {
    journal = folder.journal(end);
    records.open(journal);
  }

  @Override
  public void planned(long timeMs, long received) throws IOException {
    plannedIn.put(timeMs, records.planned(timeMs, received, graph.inputs()));
  }

  @Override
  public void sync() throws IOException {
    records.sync();
  }

  @Override
  public void done(long timeMs, Map<String, List<String>> prepared) throws IOException {
    records.done(timeMs, prepared);
  }

  @Override
  public void complete(long timeMs) throws IOException {
    completeMs = timeMs;
    plannedIn.remove(timeMs);
    check();
    long nowMs = clock.nowMs();
    // A clock that was set back starts the interval anew.
    takenMs = Math.min(takenMs, nowMs);
    if (!writer.isBusy() && nowMs - takenMs >= intervalMs) {
      take();
    }
  }

  private void take() throws IOException {
    takenMs = clock.nowMs();
    takenBatchMs = completeMs;
    journal.roll();
    String from = oldestSegment();
    List<Node.Saving> datasets = new ArrayList<>();
    for (Node<?> node : graph.reachable()) {
      if (node.isSaved()) {
        datasets.addAll(node.saving(completeMs - node.recoverMs(), completeMs));
      }
    }
    announcements.tell(new StreamEvent.CheckpointStarted(completeMs));
    writer.write(new CheckpointWriter.Snapshot(manifest(from), datasets));
  }

  /** The first segment with a record that is not about complete batches. */
  private String oldestSegment() {
    String oldest = journal.segment();
    for (String planned : plannedIn.values()) {
      oldest = planned.compareTo(oldest) < 0 ? planned : oldest;
    }
    for (Input input : graph.inputs()) {
      String first = input.oldestSegment();
      oldest = first != null && first.compareTo(oldest) < 0 ? first : oldest;
    }
    return oldest;
  }

  private Manifest manifest(String journalFrom) throws IOException {
    Map<String, byte[]> places = new TreeMap<>();
    for (Input input : graph.inputs()) {
      places.put(input.node().name(), StreamJournal.bytes(input::writePlace));
    }
    return new Manifest(
        graph.batchMs(),
        graph.originMs(),
        completeMs,
        journalFrom,
        graph.rdds().layout(),
        places,
        List.of());
  }

  @Override
  public void check() throws IOException {
    tell(writer.written());
  }

  private void tell(OptionalLong written) {
    written.ifPresent(batchMs -> announcements.tell(new StreamEvent.CheckpointWritten(batchMs)));
  }

  @Override
  public void stopped() throws IOException {
    tell(writer.await());
    if (completeMs > takenBatchMs) {
      take();
      tell(writer.await());
    }
  }

  @Override
  public void close() throws IOException {
    if (folder == null) {
      return;
    }
    writer.close();
    FirstFailure<IOException> failure = new FirstFailure<>();
    close(journal == null ? () -> {} : journal::close, failure);
    close(folder::close, failure);
    failure.throwIfAny();
  }

  /** Something that is closed, unless it was never opened. */
  private interface Closing {
    void close() throws IOException;
  }

  private static void close(Closing what, FirstFailure<IOException> failure) {
    try {
      what.close();
    } catch (IOException e) {
      failure.add(e);
    }
  }
}
