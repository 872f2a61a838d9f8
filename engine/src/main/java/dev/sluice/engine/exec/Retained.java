package dev.sluice.engine.exec;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.exchange.ExchangeBuffer;
import dev.sluice.engine.exchange.ExchangeReader;
import dev.sluice.engine.exec.StreamSnapshot.Records;
import dev.sluice.engine.plan.Exchange.Broadcast;
import dev.sluice.engine.plan.Exchange.Retention;
import dev.sluice.engine.plan.ExchangeNode;
import dev.sluice.engine.time.Watermark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a broadcast has at hand, from run to run. Changed while none of its readers runs. */
final class Retained {
  private final Retention<Object> retention;
  private final Map<Object, Object> records = new LinkedHashMap<>();
  private long watermark = Watermark.START;
  private long version;
  private long moves;
  private long written = -1;

  @SuppressWarnings("unchecked")
  Retained(ExchangeNode node) {
    this.retention = ((Broadcast<Object>) node.exchange()).retention();
  }

  /** Takes over what {@code buffer} has, complete for this run, and notes the new watermark. */
  synchronized void update(ExchangeBuffer buffer, long newWatermark) {
    if (watermark != newWatermark) {
      watermark = newWatermark;
      moves++;
    }
    if (retention == null || buffer.isEmpty(0)) {
      return;
    }
    version++;
    try (ExchangeReader reader = buffer.read(0)) {
      for (Object record : reader.records()) {
        records.put(retention.key(record), record);
      }
    }
  }

  /** Forgets what nobody will ask for whose own watermark has passed {@code readers}. */
  synchronized void expire(long readers) {
    if (retention != null) {
      if (records.values().removeIf(record -> retention.expiresAt(record) < readers)) {
        version++;
      }
    }
  }

  /** What there is, for a snapshot; without records if they are as in the one before. */
  synchronized Records snapshot(String name, Codec<Object> codec, boolean all) {
    boolean changed = all || version != written;
    written = version;
    return new Records(name, watermark, codec, changed ? records() : null);
  }

  /** Goes on from what a snapshot says; {@code read} is null for what is there. */
  synchronized void restore(long newWatermark, List<Object> read) {
    watermark = newWatermark;
    moves++;
    if (read != null && retention != null) {
      records.clear();
      read.forEach(record -> records.put(retention.key(record), record));
      version++;
    }
  }

  /** Whether {@link #records} is what readers are to see, rather than the run's own buffer. */
  boolean keeps() {
    return retention != null;
  }

  synchronized List<Object> records() {
    return List.copyOf(records.values());
  }

  synchronized long watermark() {
    return watermark;
  }

  /** Counts changes of the records. */
  synchronized long version() {
    return version;
  }

  /** Counts changes of the records and of the watermark. */
  synchronized long changes() {
    return version + moves;
  }
}
