package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.checkpoint.JournalEnd;
import dev.sluice.engine.rdd.RddFiles;
import dev.sluice.engine.stream.Durability.Restored;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes over what an earlier process has left: first the checkpoint, then what the journal says
 * about the batches after it. For use by the thread that starts the context.
 */
final class StreamRecovery {
  private final Graph graph;
  private final CheckpointFolder folder;
  private final RddFiles files;
  private final Map<String, Input> inputs = new HashMap<>();
  private final Map<String, Output<?>> outputs = new HashMap<>();
  private final Map<Long, Restored> batches = new LinkedHashMap<>();

  StreamRecovery(Graph graph, CheckpointFolder folder, RddFiles files) {
    this.graph = graph;
    this.folder = folder;
    this.files = files;
    graph.inputs().forEach(input -> inputs.put(input.node().name(), input));
    graph.outputs().forEach(output -> outputs.put(output.name(), output));
  }

  /** The newest checkpoint, or null. */
  static Manifest manifest(CheckpointFolder folder) throws IOException {
    Manifest[] found = {null};
    folder.restore(in -> found[0] = Manifest.read(in));
    return found[0];
  }

  /** Makes inputs, datasets and states what they were after the checkpoint. */
  void restore(Manifest manifest) throws IOException {
    Set<String> problems = problems(manifest);
    if (!problems.isEmpty()) {
      throw new IncompatibleProgramException(problems);
    }
    graph.originMs(manifest.originMs());
    for (Map.Entry<String, byte[]> place : manifest.places().entrySet()) {
      inputs.get(place.getKey()).readPlace(in(place.getValue()));
    }
    Map<String, Node<?>> nodes = new HashMap<>();
    graph.reachable().forEach(node -> nodes.put(node.name(), node));
    for (Manifest.Saved saved : manifest.datasets()) {
      restore(nodes.get(saved.node()), saved);
    }
    for (Node<?> node : graph.reachable()) {
      if (!node.isSaved()) {
        remake(node, manifest.timeMs());
      }
    }
  }

  private <T> void restore(Node<T> node, Manifest.Saved saved) throws IOException {
    node.restore(saved.timeMs(), files.read(saved.prefix()));
  }

  /** Datasets that are computed of others have only to be defined again. */
  private void remake(Node<?> node, long lastMs) {
    long slideMs = node.slideMs();
    long back = Math.min(lastMs - graph.originMs(), node.recoverMs()) / slideMs;
    long newestMs = lastMs - Math.floorMod(lastMs - graph.originMs(), slideMs);
    for (long slides = back; slides >= 0; slides--) {
      long atMs = newestMs - slides * slideMs;
      if (atMs > graph.originMs() && atMs > lastMs - node.recoverMs()) {
        node.dataset(atMs);
      }
    }
  }

  private Set<String> problems(Manifest manifest) {
    Set<String> problems = new TreeSet<>();
    if (manifest.batchMs() != graph.batchMs()) {
      problems.add(
          String.format(
              "batches were %d ms long and are %d ms now", manifest.batchMs(), graph.batchMs()));
    }
    Set<String> saved = new TreeSet<>(manifest.places().keySet());
    manifest.datasets().forEach(each -> saved.add(each.node()));
    Set<String> now = new TreeSet<>();
    graph.reachable().forEach(node -> now.add(node.name()));
    saved.stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> problems.add(name + " is in the checkpoint, and not in the program"));
    inputs.keySet().stream()
        .filter(name -> !manifest.places().containsKey(name))
        .forEach(name -> problems.add("input " + name + " is not in the checkpoint"));
    problems.addAll(layoutChanges(manifest.layout(), graph.rdds().layout()));
    return problems;
  }

  /** What of the codec has changed such that old records cannot be read. */
  private static List<String> layoutChanges(List<String> then, List<String> now) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < then.size(); i++) {
      String after = i < now.size() ? now.get(i) : "nothing";
      if (!then.get(i).equals(after)) {
        changes.add(
            String.format(
                "class %d of those that are registered had %s and has %s now",
                i + 1, then.get(i), after));
      }
    }
    return changes;
  }

  /**
   * Reads what was written after the checkpoint.
   *
   * @return where the journal goes on
   */
  JournalEnd replay(Manifest manifest) throws IOException {
    return folder.readJournal(
        manifest.journalFrom(),
        (in, where) -> {
          try {
            read(in, manifest.timeMs());
          } catch (RuntimeException | IOException e) {
            throw new IOException("cannot go on from " + where + ": " + e.getMessage(), e);
          }
        });
  }

  private void read(DataInputStream in, long afterMs) throws IOException {
    byte kind = in.readByte();
    if (kind == StreamJournal.INPUT) {
      inputs.get(in.readUTF()).readRecord(in);
      return;
    }
    long timeMs = in.readLong();
    if (timeMs <= afterMs) {
      return;
    }
    if (kind == StreamJournal.PLANNED) {
      planned(timeMs, in);
    } else if (kind == StreamJournal.DONE) {
      done(timeMs, in);
    } else {
      throw new IOException("a record of kind " + kind + ", which this program does not know");
    }
  }

  private void planned(long timeMs, DataInputStream in) throws IOException {
    long records = in.readLong();
    batches.put(timeMs, new Restored(timeMs, records, false));
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      byte[] plan = in.readNBytes(in.readInt());
      inputs.get(name).readPlan(timeMs, in(plan));
    }
  }

  /** Publishes what may have been left. */
  private void done(long timeMs, DataInputStream in) throws IOException {
    batches.computeIfPresent(timeMs, (t, planned) -> new Restored(t, planned.records(), true));
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      List<String> prepared = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        prepared.add(in.readUTF());
      }
      Output<?> output = outputs.get(name);
      if (output == null) {
        throw new IOException(
            name + " has output of batch " + timeMs + " ms to publish, and is not in the program");
      }
      output.publish(timeMs, prepared);
    }
  }

  /** The batches that were planned after the checkpoint, in order. */
  List<Restored> batches() {
    return List.copyOf(batches.values());
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
