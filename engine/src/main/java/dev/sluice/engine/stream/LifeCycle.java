package dev.sluice.engine.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The state of a context, and those who wait for its end. Safe for use by many threads. */
final class LifeCycle {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private StreamState state = StreamState.INITIALIZED;
  private Throwable failure;

  StreamState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes to ACTIVE.
   *
   * @return the state before; nothing has changed if that is ACTIVE
   */
  StreamState starting() {
    lock.lock();
    try {
      StreamState before = state;
      switch (before) {
        case INITIALIZED, STOPPED -> state = StreamState.ACTIVE;
        case ACTIVE -> {}
        case STOPPING ->
            throw new IllegalStateException(
                "the context is stopping: wait for awaitTermination() before it is started again");
        case FAILED ->
            throw new IllegalStateException(
                "the context has failed and cannot go on: make a new one", failure);
        case CLOSED -> throw new IllegalStateException("the context is closed: make a new one");
      }
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** Goes from ACTIVE to STOPPING; false if it was not ACTIVE. */
  boolean stopping() {
    lock.lock();
    try {
      if (state != StreamState.ACTIVE) {
        return false;
      }
      state = StreamState.STOPPING;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A run is over. */
  void ended(Throwable cause) {
    lock.lock();
    try {
      // What a batch says that was interrupted by the closing is no failure.
      if (state != StreamState.CLOSED) {
        failure = cause;
        state = cause == null ? StreamState.STOPPED : StreamState.FAILED;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Goes to CLOSED for good; the state before. */
  StreamState closed() {
    lock.lock();
    try {
      StreamState before = state;
      state = StreamState.CLOSED;
      changed.signalAll();
      return before;
    } finally {
      lock.unlock();
    }
  }

  private boolean over() {
    return state == StreamState.STOPPED
        || state == StreamState.FAILED
        || state == StreamState.CLOSED;
  }

  /** Waits until nothing runs any more. Throws what it failed with. */
  void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!over()) {
        changed.await();
      }
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #await()}, for a time; false if it is over before. */
  boolean await(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long leftNs = TimeUnit.NANOSECONDS.convert(timeout);
      while (!over()) {
        if (leftNs <= 0) {
          return false;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
      throwFailure();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void throwFailure() {
    if (failure instanceof BatchFailedException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("the stream has failed: " + failure, failure);
    }
  }
}
