package dev.sluice.engine.receiver;

import dev.sluice.engine.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread of a receiver: {@code onStart}, a request, {@code onStop}, and again after a restart.
 *
 * <p>{@code onStop} is called on this thread too, when {@code onStart} has returned. If that is at
 * work when the request comes and does not return by itself, a short-lived thread calls {@code
 * onStop}, and then interrupts it. These waits for user code are in real time.
 */
final class ReceiverThread {
  /** For how long {@code onStart} may return by itself. */
  private static final long RETURN_MS = 20;

  /** For how long it may return after {@code onStop}, unless there is a hurry. */
  private static final long PATIENCE_MS = 1_000;

  private final String name;
  private final Receiver<?> receiver;
  private final Backoff backoff;
  private final Clock clock;
  private final Owner owner;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Thread thread;
  // What to do next; null while the receiver is to receive. Changed under the lock; receivers look
  // at it for each record, so that looking must not need it.
  private volatile Request request;
  private boolean hurry;
  private boolean ended;
  // Of the current start:
  private long starts;
  private boolean begun;
  private boolean inOnStart;
  private Stop stop = Stop.TO_DO;
  private Thread stopper;
  private long storesBefore;

  private enum Stop {
    TO_DO,
    RUNNING,
    DONE
  }

  /** Is told what the receiver does, on this thread if nothing else is said. */
  interface Owner {
    void starting();

    /** On any thread. */
    void failed(String message, Throwable cause);

    void restarting(String message, long delayMs);

    /** The receiver will not be started again; the thread is about to end. */
    void finished(Request last);

    /** Grows when something is stored. */
    long stores();
  }

  ReceiverThread(
      String name, Receiver<?> receiver, ReceiverOptions options, Clock clock, Owner owner) {
    this.name = name;
    this.receiver = receiver;
    this.backoff = new Backoff(options.restartDelayMs(), options.maxRestartDelayMs());
    this.clock = clock;
    this.owner = owner;
  }

  /** Starts the receiver; once, and not after a request. */
  void start() {
    lock.lock();
    try {
      if (thread != null || request != null) {
        throw new IllegalStateException(
            String.format(
                "receiver %s %s: it can be started once",
                name, request == null ? "has been started" : "has been stopped"));
      }
      thread = DaemonThread.start(name, this::run);
    } finally {
      lock.unlock();
    }
  }

  /** Asks for something. The first request counts, but a final one comes before a restart. */
  void request(Request wanted) {
    lock.lock();
    try {
      if (request == null || (wanted.isFinal() && !request.isFinal())) {
        request = wanted;
      }
      changed.signalAll();
      if (inOnStart && stopper == null && Thread.currentThread() != thread) {
        long current = starts;
        stopper = DaemonThread.start(name + "-stop", () -> endOnStart(current));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives user code no time to end by itself after {@code onStop}. */
  void hurry() {
    lock.lock();
    try {
      hurry = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What the receiver was asked to do; null while it is to receive. */
  Request request() {
    return request;
  }

  /** Whether it has been started and asked for nothing else since. */
  boolean receiving() {
    lock.lock();
    try {
      return begun && request == null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is over, or will never begin. */
  boolean finished() {
    lock.lock();
    try {
      return ended || (thread == null && request != null);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the thread has ended; false if it has not after {@code timeoutMs}. */
  boolean await(long timeoutMs) throws InterruptedException {
    Thread started;
    lock.lock();
    try {
      started = thread;
    } finally {
      lock.unlock();
    }
    if (started == null || started == Thread.currentThread()) {
      return true;
    }
    started.join(timeoutMs);
    return !started.isAlive();
  }

  private void run() {
    Request last = new Request.Stop("its thread has died", null);
    try {
      do {
        callOnStart();
        awaitRequest();
        callOnStop(starts);
      } while (restarts());
      last = request();
    } catch (RuntimeException | Error e) {
      last = new Request.Stop("its listener or clock threw " + e.getClass().getName(), e);
      request(last);
    } finally {
      finish(last);
    }
  }

  private void finish(Request last) {
    try {
      owner.finished(last);
    } finally {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private void callOnStart() {
    owner.starting();
    storesBefore = owner.stores();
    lock.lock();
    try {
      if (request != null) {
        return;
      }
      starts++;
      begun = true;
      inOnStart = true;
    } finally {
      lock.unlock();
    }
    Throwable thrown = null;
    try {
      receiver.onStart();
    } catch (Throwable t) {
      thrown = t;
    }
    returned(thrown);
  }

  private void returned(Throwable thrown) {
    lock.lock();
    try {
      inOnStart = false;
      changed.signalAll();
      if (request != null) {
        // Interrupted or not, it has ended because it was told to; so has what it threw.
        boolean ignored = Thread.interrupted();
        if (thrown != null && request.cause() != null && request.cause() != thrown) {
          request.cause().addSuppressed(thrown);
        }
      } else if (thrown != null) {
        String message = "onStart threw " + thrown.getClass().getName();
        request =
            thrown instanceof Exception
                ? new Request.Restart(message, thrown, OptionalLong.empty())
                : new Request.Stop(message, thrown);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitRequest() {
    lock.lock();
    try {
      while (request == null) {
        changed.await();
      }
    } catch (InterruptedException e) {
      interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /** Somebody else has interrupted this thread: that ends the receiver. */
  private void interrupted(InterruptedException e) {
    if (request == null || !request.isFinal()) {
      request = new Request.Stop("its thread was interrupted", e);
    }
  }

  /**
   * Calls {@code onStop} for a start that has begun, unless another thread does or has done;
   * returns when that is done.
   */
  private void callOnStop(long start) {
    lock.lock();
    try {
      while (start == starts && stop == Stop.RUNNING) {
        changed.awaitUninterruptibly();
      }
      if (start != starts || !begun || stop == Stop.DONE) {
        return;
      }
      stop = Stop.RUNNING;
    } finally {
      lock.unlock();
    }
    try {
      receiver.onStop();
    } catch (Throwable t) {
      owner.failed("onStop threw " + t.getClass().getName(), t);
    } finally {
      lock.lock();
      try {
        stop = Stop.DONE;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for the time of a restart; false if there is none. */
  private boolean restarts() {
    if (owner.stores() > storesBefore) {
      backoff.reset();
    }
    if (!(request() instanceof Request.Restart restart)) {
      return false;
    }
    long delayMs = restart.delayMs().orElseGet(backoff::nextMs);
    // From here on, so that a listener that moves the clock is not overtaken.
    long sinceMs = clock.nowMs();
    owner.failed(restart.message(), restart.cause());
    owner.restarting(restart.message(), delayMs);
    lock.lock();
    try {
      long leftMs = delayMs;
      while (request == restart && leftMs > 0) {
        ClockWait.await(changed, leftMs);
        long nowMs = clock.nowMs();
        // A clock that was set back starts the delay anew.
        sinceMs = Math.min(sinceMs, nowMs);
        leftMs = delayMs - (nowMs - sinceMs);
      }
      if (request != restart) {
        return false;
      }
      request = null;
      begun = false;
      stop = Stop.TO_DO;
      stopper = null;
      return true;
    } catch (InterruptedException e) {
      interrupted(e);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes {@code onStart} return: the body of the short-lived thread. It may still be there when
   * the next start has begun, which is none of its business.
   */
  private void endOnStart(long start) {
    if (onStartReturns(start, RETURN_MS, false)) {
      return;
    }
    callOnStop(start);
    if (onStartReturns(start, PATIENCE_MS, true)) {
      return;
    }
    lock.lock();
    try {
      // Under the lock, so that it hits onStart and nothing after it.
      if (inOnStart(start)) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean onStartReturns(long start, long timeoutMs, boolean unlessHurried) {
    lock.lock();
    try {
      long leftNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (inOnStart(start) && leftNanos > 0 && !(unlessHurried && hurry)) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      return !inOnStart(start);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !inOnStart(start);
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private boolean inOnStart(long start) {
    return inOnStart && starts == start;
  }
}
