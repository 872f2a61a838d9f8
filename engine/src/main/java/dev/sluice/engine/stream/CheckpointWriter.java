package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.rdd.RddException;
import dev.sluice.engine.rdd.RddFiles;
import dev.sluice.engine.receiver.DaemonThread;
import dev.sluice.engine.storage.DurableStore;
import dev.sluice.engine.stream.Manifest.Saved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes checkpoints, one at a time, on a thread of its own. For use by one thread.
 *
 * <p>A dataset never changes, so it is written once, under a prefix of its own; what no checkpoint
 * names any more is deleted.
 *
 * <pre>
 *   data/{epoch}-{number}-...    the records of a dataset
 * </pre>
 */
final class CheckpointWriter implements AutoCloseable {
  private static final String DATA = "data/";
  // Not folders: they would stay when they are empty.
  private static final String PREFIX = DATA + "%010d-%010d-";
  private static final int PREFIX_LENGTH = String.format(PREFIX, 0, 0).length();

  private final CheckpointFolder folder;
  private final DurableStore store;
  private final RddFiles files;
  private final ExecutorService thread;
  // For the thread while it writes, else for the caller.
  private final Map<Key, String> prefixes = new HashMap<>();
  private long written;
  private Future<Long> writing;

  private record Key(String node, long timeMs) {}

  /**
   * What is to be written.
   *
   * @param manifest without datasets
   */
  record Snapshot(Manifest manifest, List<Node.Saving> datasets) {}

  CheckpointWriter(String name, CheckpointFolder folder, DurableStore store, RddFiles files) {
    this.folder = folder;
    this.store = store;
    this.files = files;
    this.thread =
        Executors.newSingleThreadExecutor(body -> DaemonThread.create(name + "-checkpoints", body));
  }

  /** An earlier process has written {@code datasets}. */
  void known(List<Saved> datasets) {
    datasets.forEach(each -> prefixes.put(new Key(each.node(), each.timeMs()), each.prefix()));
  }

  boolean isBusy() {
    return writing != null;
  }

  /** Begins to write. */
  void write(Snapshot snapshot) {
    writing = thread.submit(() -> writeNow(snapshot));
  }

  /** Writes; the batch after which that is. */
  long writeNow(Snapshot snapshot) throws IOException {
    List<Saved> datasets;
    try {
      datasets = writeDatasets(snapshot.datasets());
    } finally {
      snapshot.datasets().forEach(each -> each.made().release("a checkpoint of it was written"));
    }
    Manifest manifest = snapshot.manifest().with(datasets);
    folder.write(manifest.timeMs(), true, manifest::write);
    dropOthers(datasets);
    folder.dropJournal(manifest.journalFrom());
    return manifest.timeMs();
  }

  private List<Saved> writeDatasets(List<Node.Saving> datasets) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (Node.Saving each : datasets) {
      Key key = new Key(each.node(), each.timeMs());
      String prefix = prefixes.get(key);
      if (prefix == null) {
        prefix = String.format(PREFIX, folder.epoch(), written++);
        files.write(each.records(), prefix);
        prefixes.put(key, prefix);
      }
      saved.add(new Saved(each.node(), each.timeMs(), prefix));
    }
    return saved;
  }

  private void dropOthers(List<Saved> datasets) throws IOException {
    Set<String> used = new HashSet<>();
    datasets.forEach(each -> used.add(each.prefix()));
    prefixes.values().retainAll(used);
    // Who has taken the folder over meanwhile has a later epoch, and needs what it has written.
    String later = String.format(PREFIX, folder.epoch() + 1, 0);
    for (String name : store.list(DATA)) {
      boolean needed =
          name.length() >= PREFIX_LENGTH && used.contains(name.substring(0, PREFIX_LENGTH));
      if (!needed && name.compareTo(later) < 0) {
        store.delete(name);
      }
    }
  }

  /**
   * The batch of a checkpoint that has been written since this was asked last.
   *
   * @throws IOException if it could not be written
   */
  OptionalLong written() throws IOException {
    if (writing == null || !writing.isDone()) {
      return OptionalLong.empty();
    }
    return await();
  }

  /** Waits for one that is being written. */
  OptionalLong await() throws IOException {
    if (writing == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(writing.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RddException rdd && rdd.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException("a checkpoint could not be written: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a checkpoint was written", e);
    } finally {
      writing = null;
    }
  }

  /** Interrupts what is being written. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
