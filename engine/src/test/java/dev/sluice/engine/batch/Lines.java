package dev.sluice.engine.batch;

import dev.sluice.engine.receiver.Receiver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A receiver that stores its records in {@code onStart}, each as a block with its number as mark,
 * and says that they have ended. After a restart it goes on behind the last that was stored.
 *
 * <p>What it does besides is up to subclasses.
 */
class Lines extends Receiver<String> {
  final List<String> records;
  final List<Object> committed = new CopyOnWriteArrayList<>();
  private int stored;

  Lines(String prefix, int count) {
    this.records = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  /** The record with number {@code next} is about to be stored. */
  void before(int next) throws Exception {}

  /** All have been stored. */
  void last() {
    end();
  }

  /** How many stores have returned. */
  final synchronized int stored() {
    return stored;
  }

  /** Returns when so many stores have. */
  final synchronized void awaitStored(int count) throws InterruptedException {
    while (stored < count) {
      wait();
    }
  }

  private synchronized void count() {
    stored++;
    notifyAll();
  }

  @Override
  public void onStart() throws Exception {
    for (int next = stored(); next < records.size() && !isStopped(); next++) {
      before(next);
      store(List.of(records.get(next)), next, next);
      count();
    }
    if (stored() == records.size()) {
      last();
    }
  }

  @Override
  public void onStop() throws Exception {}

  @Override
  public void onCommitted(Object mark) throws Exception {
    committed.add(mark);
  }
}
