package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteInput;
import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records in memory with their encoded keys, each at a place. Safe for use by many threads. */
sealed interface KeyedRecords {

  /** The places in {@link KeyOrder}, as {@link KeyOrder#sort} gives them. */
  long[] inOrder();

  byte[] key(long place);

  Object value(long place, Codec<Object> codec) throws IOException;

  /** As of {@link KeyedCursor}. */
  int decodedBytes(long place);

  void write(long place, Codec<Object> codec, RunWriter out) throws IOException;

  /**
   * Values as objects; their places are their numbers.
   *
   * @param slots a key's identity and a value in turn
   */
  record Objects(byte[][] keys, Object[] slots) implements KeyedRecords {
    @Override
    public long[] inOrder() {
      long[] order = new long[keys.length];
      for (int i = 0; i < keys.length; i++) {
        order[i] = KeyOrder.entry(KeyOrder.hash(keys[i], 0, keys[i].length), i);
      }
      KeyOrder.sort(
          order,
          (a, b) -> keys[a] == keys[b] ? 0 : Arrays.compareUnsigned(keys[a], keys[b]),
          number -> number);
      return order;
    }

    @Override
    public byte[] key(long place) {
      return keys[(int) place];
    }

    @Override
    public Object value(long place, Codec<Object> codec) {
      return slots[2 * (int) place + 1];
    }

    @Override
    public int decodedBytes(long place) {
      return 0;
    }

    @Override
    public void write(long place, Codec<Object> codec, RunWriter out) throws IOException {
      out.write(keys[(int) place], codec, value(place, codec));
    }
  }

  /** Whole records as bytes; a place is a page and, in its low 32 bits, where in it. */
  record Encoded(List<byte[]> pages, int records) implements KeyedRecords {
    /** About how many are sorted at a time; what that takes is not counted. */
    static final int MAX_SORTED = 1 << 20;

    /** The same records in fewer parts, as far as {@link #MAX_SORTED} allows. */
    static List<Encoded> joined(List<Encoded> parts) {
      List<Encoded> joined = new ArrayList<>();
      for (int from = 0; from < parts.size(); ) {
        int to = from;
        long records = 0;
        do {
          records += parts.get(to++).records();
        } while (to < parts.size() && records + parts.get(to).records() <= MAX_SORTED);
        joined.add(of(parts.subList(from, to), (int) records));
        from = to;
      }
      return joined;
    }

    private static Encoded of(List<Encoded> parts, int records) {
      return parts.size() == 1
          ? parts.get(0)
          : new Encoded(parts.stream().flatMap(part -> part.pages().stream()).toList(), records);
    }

    @Override
    public long[] inOrder() {
      long[] places = new long[records];
      long[] packed = new long[records];
      long[] order = new long[records];
      int number = 0;
      for (int p = 0; p < pages.size(); p++) {
        byte[] page = pages.get(p);
        for (int at = 0; at < page.length; number++) {
          RecordBounds record = RecordBounds.at(page, at);
          places[number] = (long) p << 32 | at;
          packed[number] = KeyOrder.packed(page, record.keyStart(), record.keyEnd());
          int hash = KeyOrder.hash(packed[number], page, record.keyStart(), record.keyEnd());
          order[number] = KeyOrder.entry(hash, number);
          at = record.valueEnd();
        }
      }
      KeyOrder.sort(
          order,
          (a, b) ->
              packed[a] >= 0 && packed[a] == packed[b] ? 0 : compareKeys(places[a], places[b]),
          n -> places[n]);
      return order;
    }

    @Override
    public byte[] key(long place) {
      byte[] page = page(place);
      RecordBounds record = RecordBounds.at(page, (int) place);
      return Arrays.copyOfRange(page, record.keyStart(), record.keyEnd());
    }

    @Override
    public Object value(long place, Codec<Object> codec) throws IOException {
      byte[] page = page(place);
      RecordBounds record = RecordBounds.at(page, (int) place);
      return codec.decode(new ByteInput(page, record.valueStart(), record.valueLength()));
    }

    @Override
    public int decodedBytes(long place) {
      return RecordBounds.at(page(place), (int) place).valueLength();
    }

    @Override
    public void write(long place, Codec<Object> codec, RunWriter out) throws IOException {
      byte[] page = page(place);
      int start = (int) place;
      out.writeEncoded(page, start, RecordBounds.at(page, start).valueEnd() - start);
    }

    private int compareKeys(long place, long other) {
      byte[] page = page(place);
      byte[] otherPage = page(other);
      RecordBounds record = RecordBounds.at(page, (int) place);
      RecordBounds otherRecord = RecordBounds.at(otherPage, (int) other);
      return Arrays.compareUnsigned(
          page,
          record.keyStart(),
          record.keyEnd(),
          otherPage,
          otherRecord.keyStart(),
          otherRecord.keyEnd());
    }

    private byte[] page(long place) {
      return pages.get((int) (place >>> 32));
    }
  }
}
