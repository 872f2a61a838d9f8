package dev.sluice.engine.receiver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A receiver that a test drives by calling its stores; it counts what happens to it. */
final class HandReceiver extends Receiver<String> {
  final AtomicInteger starts = new AtomicInteger();
  final AtomicInteger stops = new AtomicInteger();
  final List<Object> committed = Collections.synchronizedList(new ArrayList<>());
  final List<String> committedOn = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void onStart() {
    starts.incrementAndGet();
  }

  @Override
  public void onStop() {
    stops.incrementAndGet();
  }

  @Override
  public void onCommitted(Object mark) {
    committedOn.add(Thread.currentThread().getName());
    committed.add(mark);
  }
}
