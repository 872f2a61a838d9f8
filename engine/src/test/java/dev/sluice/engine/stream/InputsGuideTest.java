package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.at;
import static dev.sluice.engine.stream.StreamBed.collect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.rdd.Pair;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.Wait;
import dev.sluice.engine.time.Watermark;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/dstreams.md on inputs, starts and stops, errors, listeners and rates. */
@Timeout(120)
class InputsGuideTest {
  /** Where there is something to read, and who need not keep what was read. */
  private static final class Journal {
    private final BlockingQueue<List<String>> entries = new LinkedBlockingQueue<>();
    private final List<Long> forgotten = new CopyOnWriteArrayList<>();
    private final AtomicLong position = new AtomicLong();
    private final AtomicLong stored = new AtomicLong();

    /** The entries that were added next, or none if there are none for a while. */
    List<String> next() throws InterruptedException {
      stored.set(position.get());
      List<String> next = entries.poll(1, TimeUnit.MILLISECONDS);
      if (next == null) {
        return List.of();
      }
      position.addAndGet(next.size());
      return next;
    }

    long position() {
      return position.get();
    }

    /** Adds entries and waits until the receiver comes for more, which it does after a store. */
    void add(String... added) {
      long end = position() + added.length;
      entries.add(List.of(added));
      Wait.until("stored", () -> stored.get() == end);
    }

    void forget(long upTo) {
      forgotten.add(upTo);
    }
  }

  /** Stores what a journal has, and tells it what need not be kept. */
  static final class JournalReceiver extends Receiver<String> {
    private final Journal journal;

    JournalReceiver(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void onStart() throws Exception {
      while (!isStopped()) {
        List<String> entries = journal.next();
        store(entries, journal.position(), Watermark.START);
      }
    }

    @Override
    public void onStop() {}

    @Override
    public void onCommitted(Object mark) {
      journal.forget((Long) mark);
    }
  }

  /** Reads ints, four bytes each, until there are no more. */
  static Iterator<Integer> ints(DataInputStream bytes) {
    return new Iterator<>() {
      private Integer next;

      @Override
      public boolean hasNext() {
        try {
          next = next == null ? Integer.valueOf(bytes.readInt()) : next;
        } catch (EOFException e) {
          return false;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return true;
      }

      @Override
      public Integer next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more ints");
        }
        Integer result = next;
        next = null;
        return result;
      }
    };
  }

  @Test
  void decoder() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      int port = server.getLocalPort();
      DStream<Integer> numbers =
          context.socketStream("127.0.0.1", port, bytes -> ints(new DataInputStream(bytes)));
      Map<Long, List<Integer>> seen = collect(numbers);
      bed.start();
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(new byte[] {0, 0, 0, 7, 0, 0, 1, 0});
        socket.getOutputStream().flush();
      }
      Wait.until(
          "two numbers",
          () -> {
            bed.batches(1);
            return all(seen).size() == 2;
          });
      assertEquals(List.of(7, 256), all(seen));
    }
  }

  @Test
  void queue() {
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      Queue<Rdd<Integer>> queue = new ConcurrentLinkedQueue<>();
      DStream<Integer> numbers = context.queueStream(queue, true);
      queue.add(context.rdds().parallelize(List.of(1, 2, 3)));
      Map<Long, List<Integer>> seen = collect(numbers);
      bed.start();
      bed.batches(2);
      assertEquals(Map.of(1L, List.of(1, 2, 3), 2L, List.of()), seen);
    }
  }

  @Test
  void folder(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("before.log"), "before\n");
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      DStream<String> lines = context.textFileStream(folder);
      Map<Long, List<String>> seen = collect(lines);
      bed.start();
      bed.batches(1);
      Path part = Files.writeString(folder.resolve("_part"), "one\ntwo\n");
      Files.move(part, folder.resolve("today.log"));
      bed.batches(2);
      assertEquals(Map.of(1L, List.of(), 2L, List.of("one", "two"), 3L, List.of()), seen);
    }
  }

  private static <T> List<T> all(Map<Long, List<T>> batches) {
    synchronized (batches) {
      return batches.values().stream().flatMap(List::stream).toList();
    }
  }

  @Test
  void receiver() throws Exception {
    Journal journal = new Journal();
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      DStream<String> entries = context.receiverStream(new JournalReceiver(journal));
      Map<Long, List<String>> seen = collect(entries);
      bed.start();
      journal.add("a");
      bed.batches(1);
      journal.add("b", "c");
      bed.batches(1);
      assertEquals(Map.of(1L, List.of("a"), 2L, List.of("b", "c")), seen);
      Wait.until("forgotten", () -> journal.forgotten.contains(3L));
      assertEquals(1L, journal.forgotten.get(0));
    }
  }

  @Test
  void stopAndStart() throws Exception {
    Journal journal = new Journal();
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      PairDStream<String, Long> totals =
          context
              .receiverStream(new JournalReceiver(journal))
              .mapToPair(entry -> Pair.of(entry, 1L))
              .updateStateByKey((values, before) -> Optional.of(before.orElse(0L) + values.size()));
      List<Map<String, Long>> seen = new CopyOnWriteArrayList<>();
      totals.foreachPairRDD((rdd, timeMs) -> seen.add(rdd.collectAsMap()));
      context.start();
      journal.add("a");
      context.stop(true);
      context.awaitTermination();
      context.start();
      journal.add("a");
      context.stop(true);
      assertEquals(List.of(Map.of("a", 1L), Map.of("a", 2L)), seen);
    }
  }

  @Test
  void shutdownHook() throws Exception {
    Journal journal = new Journal();
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      Map<Long, List<String>> seen = collect(context.receiverStream(new JournalReceiver(journal)));
      Thread hook = new Thread(() -> context.stop(true));
      Runtime.getRuntime().addShutdownHook(hook);
      assertTrue(Runtime.getRuntime().removeShutdownHook(hook));
      context.start();
      journal.add("a");
      hook.start();
      hook.join();
      assertEquals(List.of("a"), all(seen));
      assertEquals(StreamState.STOPPED, context.state());
    }
  }

  @Test
  void failure() throws Exception {
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      List<String> log = new CopyOnWriteArrayList<>();
      bed.input(List.of(List.of("1"), List.of("one")))
          .map(Integer::parseInt)
          .foreachRDD("sum", (rdd, timeMs) -> rdd.reduce(Integer::sum));
      bed.start();
      bed.clock.advance(2 * StreamBed.BATCH_MS);
      try {
        context.awaitTermination();
      } catch (BatchFailedException e) {
        log.add(e.operation() + " in batch " + e.batchMs() + ": " + e.getCause());
      }
      assertEquals(1, log.size());
      assertTrue(log.get(0).startsWith("sum@0 in batch " + at(2) + ": "), log.get(0));
      assertEquals(StreamState.FAILED, context.state());
    }
  }

  @Test
  void refusedGraph() {
    try (StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      bed.input(List.of(List.of("a"))).window(Duration.ofMillis(1_500));
      StreamGraphException e = assertThrows(StreamGraphException.class, context::start);
      assertTrue(e.getMessage().contains("1500 ms, which is no multiple of 1000 ms"), e::toString);
      assertTrue(e.getMessage().contains("no output operation is registered"), e::toString);
      assertEquals(StreamState.CLOSED, context.state());
    }
  }

  @Test
  void listener() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamBed bed = new StreamBed()) {
      StreamingContext context = bed.context;
      collect(context.socketTextStream("127.0.0.1", server.getLocalPort()));
      context.addListener(
          event -> {
            if (event instanceof StreamEvent.BatchCompleted batch) {
              log.add("batch " + batch.batchMs() + " took " + batch.processingMs() + " ms");
            } else if (event instanceof StreamEvent.ReceiverChanged changed
                && changed.event() instanceof ReceiverEvent.Restarting restarting) {
              log.add(restarting.name() + " starts again: " + restarting.message());
            }
          });
      bed.start();
      server.accept().close();
      Wait.until("restarted", () -> !log.isEmpty());
      bed.batches(1);
      Wait.until("logged", () -> log.contains("batch " + at(1) + " took 0 ms"));
      assertTrue(
          log.get(0).startsWith("socketTextStream#0 starts again: 127.0.0.1:"), log::toString);
      assertTrue(log.get(0).endsWith(" has closed the connection"), log::toString);
    }
  }

  @Test
  void backpressure() {
    StreamingOptions options = new StreamingOptions(Duration.ofSeconds(1)).backpressure(true);
    Journal journal = new Journal();
    try (StreamBed bed = new StreamBed(options)) {
      bed.context
          .receiverStream(new JournalReceiver(journal))
          .foreachRDD((rdd, timeMs) -> bed.clock.advance(500));
      bed.start();
      String[] entries = Collections.nCopies(500, "entry").toArray(String[]::new);
      journal.add(entries);
      bed.batches(1);
      journal.add(entries);
      bed.clock.advance(500);
      Wait.until("a rate", () -> !bed.seen(StreamEvent.RateChanged.class).isEmpty());
      // What the batch has managed: 500 records in half a second.
      assertEquals(1_000, bed.seen(StreamEvent.RateChanged.class).get(0).recordsPerSecond());
    }
  }
}
