package dev.sluice.engine.batch;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.receiver.Block;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a receiver stands.
 *
 * @param mark its source's last mark, or null
 * @param ended whether nothing comes any more
 */
record ReceiverPlace(Object mark, boolean ended) {
  static final ReceiverPlace START = new ReceiverPlace(null, false);

  /** The place behind {@code blocks}. */
  ReceiverPlace behind(List<Block<?>> blocks, boolean atEnd) {
    Object last = blocks.isEmpty() ? mark : blocks.get(blocks.size() - 1).endMark();
    return new ReceiverPlace(last == null ? mark : last, atEnd);
  }

  static void writeAll(List<ReceiverPlace> places, Codec<Object> codec, DataOutputStream out)
      throws IOException {
    out.writeInt(places.size());
    for (ReceiverPlace place : places) {
      out.writeBoolean(place.ended);
      out.writeBoolean(place.mark != null);
      if (place.mark != null) {
        codec.encode(place.mark, out);
      }
    }
  }

  static List<ReceiverPlace> readAll(Codec<Object> codec, DataInputStream in) throws IOException {
    int count = in.readInt();
    List<ReceiverPlace> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean ended = in.readBoolean();
      places.add(new ReceiverPlace(in.readBoolean() ? codec.decode(in) : null, ended));
    }
    return places;
  }
}
