package dev.sluice.translation.dofn;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * The instances of one DoFn in one job. Safe for use by many threads.
 *
 * <p>An instance is set up when it is made, used by one attempt at a time, and torn down with the
 * job - or at once if it has thrown or its bundle was given up.
 */
final class DoFnPool<InputT, OutputT> implements AutoCloseable {
  private final byte[] serialized;
  private final String description;
  private final PipelineOptions options;
  private final Deque<DoFn<InputT, OutputT>> idle = new ArrayDeque<>();

  DoFnPool(DoFn<InputT, OutputT> fn, PipelineOptions options) {
    this.serialized = SerializableUtils.serializeToByteArray(fn);
    this.description = fn.getClass().getName();
    this.options = options;
  }

  /** An instance that is set up. */
  DoFn<InputT, OutputT> acquire() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return create();
  }

  /** Takes back an instance whose last bundle was finished. */
  void release(DoFn<InputT, OutputT> fn) {
    synchronized (idle) {
      idle.push(fn);
    }
  }

  /** Tears down an instance that must not be used again. */
  void discard(DoFn<InputT, OutputT> fn) {
    DoFnInvokers.invokerFor(fn).invokeTeardown();
  }

  @SuppressWarnings("unchecked")
  private DoFn<InputT, OutputT> create() {
    DoFn<InputT, OutputT> fn =
        (DoFn<InputT, OutputT>) SerializableUtils.deserializeFromByteArray(serialized, description);
    try {
      DoFnInvokers.tryInvokeSetupFor(fn, options);
    } catch (RuntimeException | Error e) {
      try {
        discard(fn);
      } catch (RuntimeException | Error teardown) {
        e.addSuppressed(teardown);
      }
      throw e;
    }
    return fn;
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    synchronized (idle) {
      while (!idle.isEmpty()) {
        try {
          discard(idle.pop());
        } catch (RuntimeException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
