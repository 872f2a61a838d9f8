package dev.sluice.engine.receiver;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.codec.KryoCodec;
import dev.sluice.engine.memory.MemoryBudget;
import dev.sluice.engine.memory.TempFiles;
import dev.sluice.engine.time.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver with all that it needs, on a clock that a test moves. */
final class Bed<R extends Receiver<String>> implements AutoCloseable {
  static final int STREAM = 7;

  final R receiver;
  final ReceiverSupervisor<String> supervisor;
  final ManualClock clock = new ManualClock(1_000_000);

  /** How often the clock was read. */
  final AtomicInteger looks = new AtomicInteger();

  final AtomicInteger arrivals = new AtomicInteger();
  final List<ReceiverEvent> events = Collections.synchronizedList(new ArrayList<>());
  final MemoryBudget budget;
  final TempFiles files;
  final BlockStore<String> store;

  private Bed(R receiver, ReceiverOptions options, MemoryBudget budget, Path folder) {
    this.receiver = receiver;
    this.budget = budget;
    this.files = new TempFiles(folder);
    this.store = new BlockStore<>(budget, files, strings());
    this.supervisor =
        new ReceiverSupervisor<>(
            STREAM,
            "hand",
            receiver,
            options,
            store,
            this::look,
            arrivals::incrementAndGet,
            events::add);
  }

  private long look() {
    looks.incrementAndGet();
    return clock.nowMs();
  }

  /** A bed with room for everything, whose receiver has been started. */
  static <R extends Receiver<String>> Bed<R> started(R receiver, ReceiverOptions options) {
    return started(receiver, options, 1 << 20, Path.of(System.getProperty("java.io.tmpdir")));
  }

  static <R extends Receiver<String>> Bed<R> started(
      R receiver, ReceiverOptions options, long budgetBytes, Path folder) {
    Bed<R> bed = new Bed<>(receiver, options, new MemoryBudget(budgetBytes), folder);
    bed.supervisor.start();
    Wait.until("started", receiver::isStarted);
    return bed;
  }

  /** One that has not been started. */
  static <R extends Receiver<String>> Bed<R> idle(R receiver, ReceiverOptions options) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return new Bed<>(receiver, options, new MemoryBudget(1 << 20), folder);
  }

  static Bed<HandReceiver> byHand(ReceiverOptions options) {
    return started(new HandReceiver(), options);
  }

  static Bed<HandReceiver> byHand() {
    return byHand(ReceiverOptions.DEFAULTS);
  }

  @SuppressWarnings("unchecked")
  static Codec<String> strings() {
    return (Codec<String>) (Codec<?>) KryoCodec.values(List.of());
  }

  static List<String> records(Block<String> block) {
    List<String> records = new ArrayList<>();
    block.forEach(records::add);
    return records;
  }

  /** Takes everything; the records of each block. */
  List<List<String>> takeAll() {
    return supervisor.take(Long.MAX_VALUE).blocks().stream().map(Bed::records).toList();
  }

  /** Runs a store on a thread of its own and returns that when it is held up. */
  static Thread heldUp(Runnable body) {
    Thread thread = DaemonThread.start("held-up", body);
    Wait.untilHeldUp(thread);
    return thread;
  }

  /** How often an event of this kind was seen. */
  long count(Class<? extends ReceiverEvent> type) {
    return seen(type).size();
  }

  <E extends ReceiverEvent> List<E> seen(Class<E> type) {
    synchronized (events) {
      return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  @Override
  public void close() {
    supervisor.close();
    files.close();
  }
}
