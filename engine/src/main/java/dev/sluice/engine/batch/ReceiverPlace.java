package dev.sluice.engine.batch;

import dev.sluice.engine.codec.Codec;
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

  /** The place at {@code newMark}, if that is not null. */
  ReceiverPlace at(Object newMark, boolean atEnd) {
    return new ReceiverPlace(newMark == null ? mark : newMark, atEnd);
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
