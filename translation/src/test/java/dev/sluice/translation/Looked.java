package dev.sluice.translation;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** A sum that knows whether somebody is looking at it. */
public final class Looked {
  private volatile boolean looking;
  private long sum;

  private long look(Runnable meanwhile) {
    assertFalse(looking, "another thread is looking");
    looking = true;
    meanwhile.run();
    looking = false;
    return sum;
  }

  /** Sums. */
  public static final class Sums extends CombineFn<Long, Looked, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Looked createAccumulator() {
      return new Looked();
    }

    @Override
    public Looked addInput(Looked sum, Long input) {
      sum.sum += input;
      return sum;
    }

    @Override
    public Looked mergeAccumulators(Iterable<Looked> sums) {
      Looked all = new Looked();
      sums.forEach(each -> all.sum += each.look(() -> {}));
      return all;
    }

    @Override
    public Long extractOutput(Looked sum) {
      return sum.look(() -> {});
    }
  }

  /**
   * Writes a sum as a number. In the middle of the first it starts a thread, and goes on when that
   * waits for a lock or has ended.
   */
  public static final class StartingCoder extends CustomCoder<Looked> {
    private static final long serialVersionUID = 1L;

    private final transient AtomicReference<Thread> other = new AtomicReference<>();

    /** To be called before anything is written. */
    public void starts(Thread thread) {
      other.set(thread);
    }

    @Override
    public void encode(Looked sum, OutputStream out) throws IOException {
      Thread thread = other.getAndSet(null);
      VarLongCoder.of()
          .encode(sum.look(thread == null ? () -> {} : () -> startAndAwaitBlocked(thread)), out);
    }

    private static void startAndAwaitBlocked(Thread thread) {
      thread.start();
      while (thread.getState() != Thread.State.BLOCKED
          && thread.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
    }

    @Override
    public Looked decode(InputStream in) throws IOException {
      Looked sum = new Looked();
      sum.sum = VarLongCoder.of().decode(in);
      return sum;
    }
  }
}
