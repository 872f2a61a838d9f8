package dev.sluice.engine.stream;

import dev.sluice.engine.receiver.DaemonThread;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, in the order in which things happened, on a thread of its own: neither the
 * scheduler nor a batch waits for them. Safe for use by many threads.
 */
final class Announcements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final long CLOSE_TIMEOUT_MS = 5_000;

  private final List<StreamListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService thread;

  Announcements(String name) {
    thread =
        Executors.newSingleThreadExecutor(body -> DaemonThread.create(name + "-listeners", body));
  }

  void add(StreamListener listener) {
    listeners.add(listener);
  }

  synchronized void tell(StreamEvent event) {
    if (!listeners.isEmpty() && !thread.isShutdown()) {
      thread.execute(() -> listeners.forEach(listener -> tell(listener, event)));
    }
  }

  private static void tell(StreamListener listener, StreamEvent event) {
    try {
      listener.onEvent(event);
    } catch (RuntimeException e) {
      LOG.warn("a listener failed at {}: the stream goes on", event, e);
    }
  }

  /** Tells what is left, for a while. */
  @Override
  public void close() {
    synchronized (this) {
      thread.shutdown();
    }
    try {
      if (!thread.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("a listener does not return after {} ms: it is interrupted", CLOSE_TIMEOUT_MS);
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
