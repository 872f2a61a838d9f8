package dev.sluice.engine.exchange;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KeyCodec;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.plan.Exchange;
import dev.sluice.engine.plan.TaskScope;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One exchange of one job: what the tasks before it have published for those behind it.
 *
 * <p>The thread that drives the job publishes, releases and closes; tasks open writers and readers.
 */
public final class ExchangeBuffer {
  private final Exchange exchange;
  private final Layout layout;
  private final int fixedPartitions;
  private final ExchangeMemory memory;
  private final TempFiles files;

  /** In one order, however the tasks were scheduled. */
  private final SortedMap<Writer, Segment> published = new TreeMap<>();

  /** The segments by position, and the positions, made when readers come; null until then. */
  private List<Segment> pinned;

  private Map<Writer, Integer> positions;

  /**
   * An empty buffer.
   *
   * @param defaultPartitions of an exchange that names no number
   * @param shared whether readers may be given the very objects that were sent. If not, two readers
   *     of a partition never have the same ones, except of what is broadcast.
   */
  public ExchangeBuffer(
      Exchange exchange,
      int defaultPartitions,
      boolean shared,
      MemoryBudget budget,
      TempFiles files) {
    this.exchange = exchange;
    this.layout = layout(exchange);
    this.fixedPartitions = fixedPartitions(exchange, defaultPartitions);
    this.memory = new ExchangeMemory(budget, exchange, shared);
    this.files = files;
  }

  private record Writer(int stage, int partition) implements Comparable<Writer> {
    @Override
    public int compareTo(Writer other) {
      return stage != other.stage
          ? Integer.compare(stage, other.stage)
          : Integer.compare(partition, other.partition);
    }
  }

  /** A writer for one attempt. */
  public ExchangeWriter writer(TaskScope scope) {
    Segment segment = new Segment(layout, fixedPartitions, memory, files);
    Distribution distribution = Distribution.of(exchange, layout, scope, fixedPartitions);
    return new ExchangeWriter(distribution, segment, layout, memory);
  }

  /** Makes the output of a successful attempt visible to readers. */
  public synchronized void publish(int stage, int partition, Segment segment) {
    segment.complete();
    Segment earlier = published.put(new Writer(stage, partition), segment);
    if (earlier != null) {
      throw new IllegalStateException(
          "task " + partition + " of stage " + stage + " was published twice");
    }
    forgetPositions();
  }

  /** How many partitions readers find; final once every writer has ended. */
  public synchronized int partitions() {
    return exchange instanceof Exchange.Pinned<?> ? published.size() : fixedPartitions;
  }

  /** The partition of a pinned exchange that one task wrote; -1 if it wrote none. */
  public synchronized int position(int stage, int partition) {
    if (positions == null) {
      positions = new HashMap<>();
      published.keySet().forEach(writer -> positions.put(writer, positions.size()));
    }
    return positions.getOrDefault(new Writer(stage, partition), -1);
  }

  /** Whether nothing was sent to {@code partition}. */
  public synchronized boolean isEmpty(int partition) {
    return segments(partition).stream().allMatch(s -> s.isEmpty(sub(partition)));
  }

  /** Opens one partition for reading; several readers may be open. */
  public ExchangeReader read(int partition) {
    return read(partition, () -> {});
  }

  /**
   * The same.
   *
   * @param check throws if nothing more is to be read; asked where many records are read without a
   *     call of the reader's output
   */
  public ExchangeReader read(int partition, Runnable check) {
    return new ExchangeReader(segments(partition), sub(partition), layout, check);
  }

  /** Forgets what is in memory of a partition that will not be read again. */
  public void drop(int partition) {
    for (Segment segment : segments(partition)) {
      segment.drop(sub(partition));
    }
  }

  /** Gives back all memory and deletes all files. */
  public synchronized void close() throws IOException {
    FirstFailure<IOException> failure = new FirstFailure<>();
    for (Segment segment : published.values()) {
      try {
        segment.discard();
      } catch (IOException e) {
        failure.add(e);
      }
    }
    published.clear();
    forgetPositions();
    failure.throwIfAny();
  }

  private void forgetPositions() {
    pinned = null;
    positions = null;
  }

  private synchronized List<Segment> segments(int partition) {
    if (exchange instanceof Exchange.Pinned<?>) {
      if (pinned == null) {
        pinned = List.copyOf(published.values());
      }
      return List.of(pinned.get(partition));
    }
    return List.copyOf(published.values());
  }

  /** Which partition of a segment is meant by {@code partition} of the exchange. */
  private int sub(int partition) {
    return exchange instanceof Exchange.Pinned<?> ? 0 : partition;
  }

  private static int fixedPartitions(Exchange exchange, int defaultPartitions) {
    int named = 1;
    if (exchange instanceof Exchange.Grouped<?, ?, ?> grouped) {
      named = grouped.partitions();
    } else if (exchange instanceof Exchange.Routed<?> routed) {
      named = routed.partitions();
    }
    return named == Exchange.DEFAULT_PARTITIONS ? defaultPartitions : named;
  }

  private static Layout layout(Exchange exchange) {
    if (exchange instanceof Exchange.Grouped<?, ?, ?> grouped) {
      return new Layout.Keyed(uncheckedKey(grouped.keyCodec()), unchecked(grouped.valueCodec()));
    }
    if (exchange instanceof Exchange.Routed<?> routed) {
      return new Layout.Elements(unchecked(routed.codec()));
    }
    if (exchange instanceof Exchange.Pinned<?> pinned) {
      return new Layout.Elements(unchecked(pinned.codec()));
    }
    return new Layout.Elements(unchecked(((Exchange.Broadcast<?>) exchange).codec()));
  }

  @SuppressWarnings("unchecked")
  private static Codec<Object> unchecked(Codec<?> codec) {
    return (Codec<Object>) codec;
  }

  @SuppressWarnings("unchecked")
  private static KeyCodec<Object> uncheckedKey(KeyCodec<?> codec) {
    return (KeyCodec<Object>) codec;
  }
}
