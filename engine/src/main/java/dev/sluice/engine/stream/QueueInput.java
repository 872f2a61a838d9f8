package dev.sluice.engine.stream;

import dev.sluice.engine.checkpoint.CheckpointFolder;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.stream.Computation.Made;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stream of datasets from a queue, which may be filled by any thread if it allows that.
 *
 * <p>For a later process the records of a batch are computed and kept when it is about to run: what
 * the program had in the queue is gone with it.
 */
final class QueueInput<T> implements Input {
  private final Node<T> node;
  private final Queue<Rdd<T>> queue;
  private final boolean oneAtATime;
  private final Rdd<T> otherwise;
  private final Set<Long> unkept = ConcurrentHashMap.newKeySet();
  private final Map<Long, List<T>> pieces = new HashMap<>();
  // Null where nothing is kept for a later process.
  private StreamJournal journal;

  /**
   * A stream that takes what is in {@code queue}.
   *
   * @param otherwise the dataset of a batch for which there is nothing, or null for an empty one
   */
  QueueInput(Node<T> node, Queue<Rdd<T>> queue, boolean oneAtATime, Rdd<T> otherwise) {
    this.node = node;
    this.queue = queue;
    this.oneAtATime = oneAtATime;
    this.otherwise = otherwise;
  }

  @Override
  public Node<T> node() {
    return node;
  }

  @Override
  public long allocate(long timeMs) {
    List<Rdd<T>> taken = new ArrayList<>();
    synchronized (queue) {
      for (Rdd<T> next = queue.poll(); next != null; next = queue.poll()) {
        taken.add(next);
        if (oneAtATime) {
          break;
        }
      }
    }
    node.put(timeMs, Made.of(dataset(taken)));
    if (journal != null) {
      unkept.add(timeMs);
    }
    return 0;
  }

  private Rdd<T> dataset(List<Rdd<T>> taken) {
    RddContext rdds = node.graph().rdds();
    if (taken.isEmpty()) {
      taken.add(otherwise == null ? rdds.parallelize(List.of(), 1) : otherwise);
    }
    // Also of one: what the stream persists should not be the program's own.
    return rdds.union(taken);
  }

  @Override
  public void prepare(long timeMs) {
    if (!unkept.remove(timeMs)) {
      return;
    }
    List<T> records = node.existing(timeMs).collect();
    try {
      keep(timeMs, records);
    } catch (IOException e) {
      throw new BatchFailedException(timeMs, node.name(), e);
    }
    node.put(timeMs, Made.of(node.graph().rdds().parallelize(records)));
  }

  private void keep(long timeMs, List<T> records) throws IOException {
    new Chunks<T>(BlockJournal.codec(node))
        .write(
            sink -> {
              for (T record : records) {
                sink.accept(record);
              }
            },
            (piece, length) -> record(timeMs, false, out -> Chunks.writePiece(out, piece, length)));
    record(timeMs, true, out -> {});
  }

  private void record(long timeMs, boolean last, CheckpointFolder.Content content)
      throws IOException {
    journal.input(
        node,
        out -> {
          out.writeLong(timeMs);
          out.writeBoolean(last);
          content.write(out);
        });
  }

  @Override
  public void keepIn(StreamJournal newJournal) {
    journal = newJournal;
  }

  @Override
  public void writePlace(DataOutputStream out) {}

  @Override
  public void readPlace(DataInputStream in) {}

  @Override
  public void writePlan(long timeMs, DataOutputStream out) {}

  /** Empty, unless the records follow. */
  @Override
  public void readPlan(long timeMs, DataInputStream in) {
    node.put(timeMs, Made.of(node.graph().rdds().parallelize(List.of(), 1)));
  }

  @Override
  public void readRecord(DataInputStream in) throws IOException {
    long timeMs = in.readLong();
    if (!in.readBoolean()) {
      List<T> piece = new Chunks<T>(BlockJournal.codec(node)).readPiece(in);
      pieces.computeIfAbsent(timeMs, t -> new ArrayList<>()).addAll(piece);
      return;
    }
    List<T> records = pieces.remove(timeMs);
    // A batch that is complete has no plan any more.
    if (records != null && node.existing(timeMs) != null) {
      node.put(timeMs, Made.of(node.graph().rdds().parallelize(records)));
    }
  }
}
