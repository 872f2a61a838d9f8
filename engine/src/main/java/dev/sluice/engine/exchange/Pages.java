package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.ByteOutput;
import dev.sluice.engine.codec.Codec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Encoded records of one partition in memory. The collector has one array to look after where it
 * would have hundreds of records.
 *
 * <p>They lie in buckets by the first bits of their keys' hashes, which is what {@link KeyOrder}
 * begins with: each bucket can be sorted by itself, and what is read one after another lies close
 * together.
 *
 * <p>Filled by one thread, sealed, then read by many.
 */
final class Pages {
  /** For so many records of a bucket, what reading takes is not worth counting. */
  private static final int UNCOUNTED_RECORDS = 1 << 16;

  private final Bucket[] buckets;
  private final int hashBits;
  private List<List<KeyedRecords.Encoded>> sealed;
  private long bytes;

  /**
   * Empty pages.
   *
   * @param buckets a power of two; with one, records stay in the order in which they come
   * @param pageBytes about how large a page grows
   * @param scratch in which values are encoded first
   */
  Pages(int buckets, long pageBytes, ByteOutput scratch) {
    this.buckets = new Bucket[buckets];
    for (int i = 0; i < buckets; i++) {
      this.buckets[i] = new Bucket(pageBytes, scratch);
    }
    this.hashBits = Integer.numberOfTrailingZeros(buckets);
  }

  /**
   * Appends a record; returns the bytes that it takes: here, and, in a large bucket, {@code
   * readingBytes} for the time in which it is read.
   */
  <T> long add(byte[] key, Codec<T> codec, T record, int readingBytes) throws IOException {
    Bucket bucket = buckets[buckets.length == 1 ? 0 : KeyOrder.firstBits(key, hashBits)];
    long added = bucket.add(key, codec, record);
    if (bucket.records() > UNCOUNTED_RECORDS) {
      added += readingBytes;
    }
    bytes += added;
    return added;
  }

  /** Ends filling. */
  void seal() {
    if (sealed == null) {
      sealed = Stream.of(buckets).map(Bucket::sealed).toList();
      Arrays.fill(buckets, null);
    }
  }

  /** All that {@link #add} has returned. */
  long bytes() {
    return bytes;
  }

  /** The records in the order in which they came; for pages of one bucket, once sealed. */
  RecordCursor cursor() {
    List<byte[]> pages = sealed.get(0).stream().flatMap(sheet -> sheet.pages().stream()).toList();
    Frames frames = (position, end) -> new Frames.Content(pages.get((int) position), position + 1);
    return new RecordCursor(frames, 0, 0, pages.size());
  }

  /**
   * The records of {@code partitions} that stand one behind another and have as many buckets each.
   * Equal keys come in the order of what is returned; there is one if no bucket is too large.
   */
  static List<HashRanges> ranges(List<Pages> partitions) {
    List<List<KeyedRecords.Encoded>> byBucket =
        IntStream.range(0, partitions.get(0).sealed.size())
            .mapToObj(bucket -> sheets(partitions, bucket))
            .toList();
    int most = byBucket.stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, most)
        .mapToObj(
            i ->
                new HashRanges(
                    byBucket.stream().filter(s -> i < s.size()).map(s -> s.get(i)).toList()))
        .toList();
  }

  private static List<KeyedRecords.Encoded> sheets(List<Pages> partitions, int bucket) {
    return KeyedRecords.Encoded.joined(
        partitions.stream().flatMap(pages -> pages.sealed.get(bucket).stream()).toList());
  }
}
