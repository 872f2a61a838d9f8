package dev.sluice.engine.stream;

import dev.sluice.engine.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One run of a context, from a start to the next stop. Its thread makes batches at their ticks, has
 * them run one after another, and does what follows when one is complete; it calls no user code.
 *
 * <p>Others send it messages; all else is for its own thread.
 */
final class Scheduler implements Runnable {
  // A clock that is moved by hand tells nobody.
  private static final long LOOK_AGAIN_MS = 10;

  private final Backlog backlog;
  private final List<Input> inputs;
  private final Clock clock;
  private final JobThread jobs;
  private final Ending ending;
  private final LinkedBlockingQueue<Message> inbox = new LinkedBlockingQueue<>();
  private final RateControl rates;
  private final BatchRun batches;
  private boolean stopping;
  private boolean dispatching = true;
  private Throwable failure;

  /** Is told when a run is over. */
  @FunctionalInterface
  interface Ending {
    void ended(Throwable failure);
  }

  /** What a scheduler is told by others. */
  private sealed interface Message {
    record Stop(boolean graceful) implements Message {}

    record Done(Batch batch, Map<String, List<String>> prepared) implements Message {}

    record Published(Batch batch) implements Message {}

    record Failed(Batch batch, Throwable cause) implements Message {}
  }

  Scheduler(Backlog backlog, BatchRun batches, RateControl rates, JobThread jobs, Ending ending) {
    this.backlog = backlog;
    this.inputs = batches.graph().inputs();
    this.clock = batches.clock();
    this.batches = batches;
    this.rates = rates;
    this.jobs = jobs;
    this.ending = ending;
  }

  /** Asks it to end. May be called by any thread, also a second time. */
  void stop(boolean graceful) {
    inbox.add(new Message.Stop(graceful));
  }

  @Override
  public void run() {
    try {
      batches.announcements().tell(new StreamEvent.StreamingStarted(backlog.nextMs()));
      inputs.forEach(Input::open);
      while (!over()) {
        step();
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } finally {
      end();
    }
  }

  private boolean over() {
    boolean left = dispatching && failure == null && !backlog.isEmpty();
    return stopping && !left && backlog.running() == null;
  }

  private void step() throws IOException, InterruptedException {
    backlog.durability().check();
    if (!stopping) {
      backlog.plan();
      inputs.stream().map(Input::failure).filter(f -> f != null).findFirst().ifPresent(this::fail);
    }
    if (dispatching && failure == null) {
      Batch batch = backlog.next();
      if (batch != null) {
        execute(batch, () -> new Message.Done(batch, batches.run(batch)));
      }
    }
    if (over()) {
      return;
    }
    long leftMs = Math.max(1, Math.min(LOOK_AGAIN_MS, backlog.nextMs() - clock.nowMs()));
    Message message = inbox.poll(leftMs, TimeUnit.MILLISECONDS);
    if (message != null) {
      take(message);
    }
  }

  private void take(Message message) throws IOException {
    if (message instanceof Message.Stop stop) {
      stop(stop);
    } else if (message instanceof Message.Done done) {
      done(done.batch(), done.prepared());
    } else if (message instanceof Message.Published published) {
      complete(published.batch());
    } else if (message instanceof Message.Failed failed) {
      backlog.failed(failed.batch(), failed.cause());
      fail(failed.cause());
    }
  }

  /** Has {@code work} done on the job thread, which calls user code. */
  private void execute(Batch batch, Supplier<Message> work) {
    jobs.execute(
        () -> {
          Message outcome;
          try {
            outcome = work.get();
          } catch (RuntimeException | Error e) {
            outcome = new Message.Failed(batch, e);
          }
          inbox.add(outcome);
        });
  }

  private void done(Batch batch, Map<String, List<String>> prepared) throws IOException {
    backlog.done(batch, prepared);
    if (prepared.isEmpty()) {
      complete(batch);
      return;
    }
    execute(
        batch,
        () -> {
          batches.publish(batch.timeMs(), prepared);
          return new Message.Published(batch);
        });
  }

  private void complete(Batch batch) throws IOException {
    Backlog.Completed completed = backlog.completed(batch);
    if (!batch.replay()) {
      rates.completed(completed, inputs);
    }
  }

  private void stop(Message.Stop stop) throws IOException {
    if (stopping) {
      return;
    }
    stopping = true;
    inputs.forEach(input -> input.stop(stop.graceful()));
    if (stop.graceful()) {
      backlog.planRest();
    } else {
      dispatching = false;
    }
  }

  private void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    } else if (failure != cause) {
      failure.addSuppressed(cause);
    }
    stopping = true;
  }

  private void end() {
    try {
      // After a stop this was done already; after a failure nothing more is read.
      inputs.forEach(input -> input.stop(false));
      if (failure == null) {
        backlog.durability().stopped();
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    } finally {
      jobs.close();
      ending.ended(failure);
    }
  }
}
