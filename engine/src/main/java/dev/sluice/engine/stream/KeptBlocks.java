package dev.sluice.engine.stream;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.BlockLog;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.stream.BlockJournal.Kept;
import dev.sluice.engine.stream.BlockJournal.Place;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far the receivers of a stream have come, batch by batch, and the blocks that an earlier
 * process has kept. For use by the scheduler's thread.
 */
final class KeptBlocks<T> {
  private final Node<T> node;
  private final StreamJournal journal;
  private final BlockStore<T> store;
  private final Codec<Object> marks;
  private final Map<Integer, BlockJournal<T>> journals = new HashMap<>();
  private final Deque<Recovered<T>> recovered = new ArrayDeque<>();
  private final Map<Long, Map<Integer, Place>> plans = new HashMap<>();
  private final Map<Integer, Place> taken = new TreeMap<>();
  private Map<Integer, Place> completed = Map.of();

  private record Recovered<T>(int receiver, Block<T> block, Place end) {}

  KeptBlocks(Node<T> node, StreamJournal journal, BlockStore<T> store) {
    this.node = node;
    this.journal = journal;
    this.store = store;
    this.marks = node.graph().rdds().codec();
  }

  /** Where {@code receiver} keeps its blocks. */
  BlockLog<T> log(int receiver) {
    return journal(receiver);
  }

  private BlockJournal<T> journal(int receiver) {
    return journals.computeIfAbsent(
        receiver, r -> new BlockJournal<>(node, r, journal, taken.getOrDefault(r, Place.START)));
  }

  /** Whether there are blocks of an earlier process that are in no batch. */
  boolean waiting() {
    return !recovered.isEmpty();
  }

  /** All that is left of an earlier process. */
  List<Block<T>> takeRecovered() {
    List<Block<T>> blocks = new ArrayList<>();
    for (Recovered<T> next : recovered) {
      taken.put(next.receiver(), next.end());
      blocks.add(next.block());
    }
    recovered.clear();
    return blocks;
  }

  /** A batch gets {@code blocks}, the next ones of {@code receiver}. */
  void taken(int receiver, List<Block<T>> blocks) {
    if (!blocks.isEmpty()) {
      long before = taken.getOrDefault(receiver, Place.START).blocks();
      Object mark = blocks.get(blocks.size() - 1).endMark();
      taken.put(receiver, new Place(before + blocks.size(), mark));
    }
  }

  /** Batch {@code timeMs} has got all that was taken up to now. */
  void planned(long timeMs) {
    plans.put(timeMs, Map.copyOf(taken));
  }

  void completed(long timeMs) {
    completed = plans.remove(timeMs);
    completed.forEach((receiver, place) -> journal(receiver).completed(place.blocks()));
  }

  void writePlace(DataOutputStream out) throws IOException {
    write(completed, out);
  }

  void readPlace(DataInputStream in) throws IOException {
    read(in);
    completed = Map.copyOf(taken);
  }

  void writePlan(long timeMs, DataOutputStream out) throws IOException {
    write(plans.get(timeMs), out);
  }

  private void write(Map<Integer, Place> places, DataOutputStream out) throws IOException {
    out.writeInt(places.size());
    for (Map.Entry<Integer, Place> place : new TreeMap<>(places).entrySet()) {
      out.writeInt(place.getKey());
      BlockJournal.writePlace(out, place.getValue(), marks);
    }
  }

  private void read(DataInputStream in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      taken.put(in.readInt(), BlockJournal.readPlace(in, marks));
    }
  }

  /** The blocks of batch {@code timeMs} in the order in which it had them. */
  List<Block<T>> readPlan(long timeMs, DataInputStream in) throws IOException {
    read(in);
    planned(timeMs);
    List<Block<T>> blocks = new ArrayList<>();
    for (Iterator<Recovered<T>> each = recovered.iterator(); each.hasNext(); ) {
      Recovered<T> next = each.next();
      if (next.end().blocks() <= taken.getOrDefault(next.receiver(), Place.START).blocks()) {
        blocks.add(next.block());
        each.remove();
      }
    }
    return blocks;
  }

  void readRecord(DataInputStream in) throws IOException {
    Kept<T> kept = journal(BlockJournal.receiver(in)).read(in).orElse(null);
    if (kept != null) {
      Block<T> block =
          store.restored(kept.receiver(), kept.end().blocks(), kept.records().iterator());
      recovered.addLast(new Recovered<>(kept.receiver(), block, kept.end()));
    }
  }

  String oldestSegment() {
    return journals.values().stream()
        .map(BlockJournal::oldestSegment)
        .filter(Objects::nonNull)
        .min(String::compareTo)
        .orElse(null);
  }

  /** Gives up what is in no batch. */
  void close() {
    recovered.forEach(each -> each.block().release());
    recovered.clear();
  }
}
