package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes blocks of what a receiver stores and holds the receiver up when it must. Safe for use by
 * many threads: the receiver's, the timer's and the scheduler's.
 *
 * <p>Single records fill one block until its interval is over or a batch wants it. Several at once
 * become a block of their own; it is built outside the lock, since reading them may take long, so
 * each thread that stores may add one block to a queue that others have filled meanwhile.
 */
final class BlockGenerator<T> {
  private final BlockQueue<T> queue;
  private final BlockStore<T> store;
  private final ReceiverOptions options;
  private final Clock clock;
  private final Owner owner;
  private final SizeEstimate<T> sizes;

  private final ReentrantLock lock = new ReentrantLock();
  // What stores and the timer wait for.
  private final Condition changed = lock.newCondition();
  private final Admission admission;
  // The block that single records go to, null if there are none.
  private BlockWriter<T> filling;
  private long fillingSinceMs;
  private long stores;

  /** Is told what a generator does. Called without its lock. */
  interface Owner {
    /** There is something to take. */
    void arrived();

    /** A block could not be completed. Its records stay where they are. */
    void failed(Throwable cause);
  }

  BlockGenerator(
      BlockQueue<T> queue, BlockStore<T> store, ReceiverOptions options, Clock clock, Owner owner) {
    this.queue = queue;
    this.store = store;
    this.options = options;
    this.clock = clock;
    this.owner = owner;
    this.sizes = new SizeEstimate<>(store.codec());
    this.admission = new Admission(changed, queue::size, options, clock);
  }

  void start() {
    locked(() -> admission.enter(GeneratorState.ACTIVE));
  }

  /** Adds a record to the block that is being filled. */
  void add(T record) throws IOException {
    lock.lock();
    try {
      admission.begin();
      try {
        fill(record);
      } finally {
        admission.end();
      }
      admission.charge(1);
      stores++;
    } finally {
      lock.unlock();
    }
  }

  private void fill(T record) throws IOException {
    if (filling != null) {
      filling.add(record);
      return;
    }
    BlockWriter<T> writer = new BlockWriter<>(store, sizes);
    try {
      writer.add(record);
    } catch (IOException | RuntimeException e) {
      writer.discard();
      throw e;
    }
    filling = writer;
    fillingSinceMs = clock.nowMs();
    changed.signalAll();
  }

  /** Adds a block with the position at its end, unless there are no records. */
  void add(Iterator<? extends T> records, Object mark, long watermark) throws IOException {
    locked(admission::begin);
    try {
      if (!records.hasNext()) {
        return;
      }
      append(BlockWriter.write(store, sizes, records), mark, watermark);
      // Whoever stored may now tell its source that it has them.
      store.log().sync();
    } finally {
      locked(admission::end);
    }
    owner.arrived();
  }

  /** Adds a block of records that are still in the source. */
  void add(Unread<T> records, Object mark, long watermark) throws IOException {
    if (store.log().keepsRecords()) {
      throw new IllegalStateException(
          "what is stored is kept for a later process: records have to be read first");
    }
    locked(admission::begin);
    try {
      append(new UnreadContent<>(records), mark, watermark);
    } finally {
      locked(admission::end);
    }
    owner.arrived();
  }

  private void append(BlockContent<T> data, Object mark, long watermark) throws IOException {
    boolean added = false;
    lock.lock();
    try {
      admission.check();
      cut();
      enqueue(data, mark, watermark);
      added = true;
      admission.charge(data.count());
      stores++;
    } finally {
      lock.unlock();
      if (!added) {
        data.release();
      }
    }
  }

  /** Moves the position without records. Without effect when nothing may be stored any more. */
  void move(Object mark, long watermark) throws IOException {
    boolean news;
    lock.lock();
    try {
      if (!admission.state().adding()) {
        return;
      }
      if (mark != null) {
        // The mark is one after these records, so they need an end.
        cut();
      }
      long before = queue.watermark();
      boolean firstMark = mark != null && queue.mark() == null;
      queue.move(mark, watermark, filling == null);
      news = firstMark || queue.watermark() > before;
      if (news || mark != null) {
        stores++;
      }
    } finally {
      lock.unlock();
    }
    if (news) {
      owner.arrived();
    }
  }

  /** Cuts what is left, and takes nothing more: all has come. */
  void end() throws IOException {
    lock.lock();
    try {
      if (!admission.state().adding()) {
        return;
      }
      cut();
      queue.end();
      admission.enter(GeneratorState.STOPPED_GENERATING_BLOCKS);
      noteAllTaken();
    } finally {
      lock.unlock();
    }
    owner.arrived();
  }

  Taken<T> take(long maxRecords) {
    Taken<T> taken;
    IOException failure = null;
    lock.lock();
    try {
      List<Block<T>> blocks = new ArrayList<>();
      queue.moveTo(blocks, maxRecords);
      if (queue.isEmpty()
          && filling != null
          && BlockQueue.fits(filling.count(), blocks, maxRecords)) {
        try {
          cut();
        } catch (IOException e) {
          failure = e;
        }
        queue.moveTo(blocks, maxRecords);
      }
      taken = queue.taken(blocks, queue.isEmpty() && filling == null);
      noteAllTaken();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (failure != null) {
      owner.failed(failure);
    }
    return taken;
  }

  /** Cuts blocks in time until no record comes in any more: the body of the timer's thread. */
  void cutInTime() {
    try {
      while (cutNext()) {
        owner.arrived();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      owner.failed(e);
    }
  }

  /** Waits for the next block and cuts it; false if there will be none. */
  private boolean cutNext() throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (admission.state().adding()) {
        if (filling == null) {
          changed.await();
          continue;
        }
        long nowMs = clock.nowMs();
        // A clock that was set back starts the interval anew.
        fillingSinceMs = Math.min(fillingSinceMs, nowMs);
        long leftMs = options.blockIntervalMs() - (nowMs - fillingSinceMs);
        if (leftMs <= 0) {
          cut();
          return true;
        }
        ClockWait.await(changed, leftMs);
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  void pause(boolean pause) {
    locked(() -> admission.pause(pause));
  }

  void rate(double recordsPerSecond) {
    locked(() -> admission.rate(recordsPerSecond));
  }

  /** Whether records are held to a rate. */
  boolean limited() {
    lock.lock();
    try {
      return admission.limited();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing waits, so that a receiver that is being stopped can finish. */
  void drain() {
    locked(admission::drain);
  }

  /** From now on nothing is stored; who waits to store gets an exception. */
  void refuse() {
    locked(admission::refuse);
  }

  /** Ends adding, then cuts what is left. May be called again if it has thrown. */
  void stop() throws IOException {
    lock.lock();
    try {
      admission.close();
      cut();
      admission.enter(GeneratorState.STOPPED_GENERATING_BLOCKS);
      noteAllTaken();
    } finally {
      lock.unlock();
    }
  }

  /** Releases all that nobody has taken, of a generator that has been stopped. */
  void close() throws IOException {
    lock.lock();
    try {
      admission.enter(GeneratorState.STOPPED_ALL);
      queue.clear();
      if (filling != null) {
        BlockWriter<T> gone = filling;
        filling = null;
        gone.discard();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The mark after all that has been stored, or null. */
  Object mark() {
    lock.lock();
    try {
      return queue.mark();
    } finally {
      lock.unlock();
    }
  }

  /** What of a generator others want to know at one moment. */
  record Status(
      GeneratorState state,
      boolean paused,
      boolean ended,
      int waitingBlocks,
      boolean full,
      boolean news,
      long stores) {}

  Status status() {
    lock.lock();
    try {
      int blocks = queue.size() + (filling == null ? 0 : 1);
      boolean news = blocks > 0 || queue.hasNews();
      boolean full = blocks >= options.queuedBlocks() || queue.endsUnread();
      return new Status(
          admission.state(), admission.paused(), queue.ended(), blocks, full, news, stores);
    } finally {
      lock.unlock();
    }
  }

  /** Makes a block of the records that are in none. */
  private void cut() throws IOException {
    if (filling != null) {
      BlockData<T> data = filling.finish();
      filling = null;
      boolean added = false;
      try {
        enqueue(data, null, queue.watermark());
        added = true;
      } finally {
        if (!added) {
          data.release();
        }
      }
    }
  }

  private void enqueue(BlockContent<T> data, Object mark, long watermark) throws IOException {
    Block<T> block = queue.next(data, mark, watermark);
    store.log().append(block);
    queue.add(block);
  }

  private void noteAllTaken() {
    if (admission.state() == GeneratorState.STOPPED_GENERATING_BLOCKS && queue.isEmpty()) {
      admission.enter(GeneratorState.STOPPED_ALL);
    }
  }

  private void locked(Runnable body) {
    lock.lock();
    try {
      body.run();
    } finally {
      lock.unlock();
    }
  }
}
