package dev.sluice.engine.stream;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkpoint of a context: where it stands after a batch.
 *
 * @param batchMs the duration of a batch
 * @param originMs the time from which slides are counted
 * @param timeMs the last batch that is complete; the origin if there is none
 * @param journalFrom the segment from which the journal has to be read
 * @param layout what the form of records depends on
 * @param places where each input stands, by its name
 * @param datasets what later batches need of those before
 */
record Manifest(
    long batchMs,
    long originMs,
    long timeMs,
    String journalFrom,
    List<String> layout,
    Map<String, byte[]> places,
    List<Saved> datasets) {

  /** Where a checkpoint of a pipeline has the number of its batch, which does not get so far. */
  private static final int KIND = 0x4453_7472;

  /** A dataset in the store, under names that begin with {@code prefix}. */
  record Saved(String node, long timeMs, String prefix) {}

  Manifest with(List<Saved> newDatasets) {
    return new Manifest(batchMs, originMs, timeMs, journalFrom, layout, places, newDatasets);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(KIND);
    out.writeLong(batchMs);
    out.writeLong(originMs);
    out.writeLong(timeMs);
    out.writeUTF(journalFrom);
    out.writeInt(layout.size());
    for (String each : layout) {
      out.writeUTF(each);
    }
    out.writeInt(places.size());
    for (Map.Entry<String, byte[]> place : places.entrySet()) {
      out.writeUTF(place.getKey());
      out.writeInt(place.getValue().length);
      out.write(place.getValue());
    }
    out.writeInt(datasets.size());
    for (Saved each : datasets) {
      out.writeUTF(each.node());
      out.writeLong(each.timeMs());
      out.writeUTF(each.prefix());
    }
  }

  /** Throws an {@link IncompatibleProgramException} if it is not one of a context. */
  static Manifest read(DataInputStream in) throws IOException {
    if (in.readInt() != KIND) {
      throw new IncompatibleProgramException(
          List.of("it is not that of a StreamingContext, but of a pipeline"));
    }
    long batchMs = in.readLong();
    long originMs = in.readLong();
    long timeMs = in.readLong();
    String journalFrom = in.readUTF();
    List<String> layout = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      layout.add(in.readUTF());
    }
    Map<String, byte[]> places = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      places.put(in.readUTF(), in.readNBytes(in.readInt()));
    }
    List<Saved> datasets = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      datasets.add(new Saved(in.readUTF(), in.readLong(), in.readUTF()));
    }
    return new Manifest(batchMs, originMs, timeMs, journalFrom, layout, places, datasets);
  }
}
