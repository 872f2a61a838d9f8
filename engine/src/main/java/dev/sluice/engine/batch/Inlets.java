package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Inlet.Taken;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.OperatorException;
import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sources of a stream. For use by the thread that runs the batches, unless it says so. */
final class Inlets {
  private final Environment environment;
  private final StreamOptions options;
  private final StreamListeners listeners;
  private final Runnable onArrival;
  private final ScriptClock scriptClock = new ScriptClock();
  private final Map<SourceNode, Inlet> inlets = new LinkedHashMap<>();
  private final List<ScriptInlet> scripts = new ArrayList<>();
  private final List<ReceiverSupervisor<?>> receivers = new ArrayList<>();
  private int turn;
  private boolean started;
  private boolean ended;
  private boolean drained;

  Inlets(
      Environment environment,
      StreamOptions options,
      StreamListeners listeners,
      Runnable onArrival) {
    this.environment = environment;
    this.options = options;
    this.listeners = listeners;
    this.onArrival = onArrival;
  }

  /** Makes the inlets of {@code plan} and starts them. On the thread for user code. */
  void open(StagePlan plan) {
    for (Stage stage : plan.stages()) {
      if (stage.head() instanceof SourceNode node) {
        named(node, () -> inlets.put(node, inlet(node)));
      }
    }
    ended = inlets.isEmpty();
    inlets.forEach((node, inlet) -> named(node, inlet::start));
  }

  /** Does {@code work}; what it throws gets the name of {@code node}. */
  private static void named(SourceNode node, JobThread.Work work) {
    try {
      work.run();
    } catch (Exception | Error e) {
      throw new OperatorException(node.name(), e);
    }
  }

  private Inlet inlet(SourceNode node) throws Exception {
    if (node.source() instanceof Script<?> script) {
      ScriptInlet inlet = new ScriptInlet(script, scriptClock);
      scripts.add(inlet);
      return inlet;
    }
    if (node.source() instanceof ReceiverSource<?> source) {
      return new ReceiverInlet(supervise(node, source), options);
    }
    return new OnceInlet(node, environment.executor().workers(), listeners.tasks());
  }

  private <T> List<ReceiverSupervisor<?>> supervise(SourceNode node, ReceiverSource<T> source)
      throws Exception {
    BlockStore<T> store =
        new BlockStore<>(environment.memory(), environment.files(), source.codec());
    List<? extends Receiver<T>> split =
        SplitScope.of(
            listeners.tasks(), scope -> source.receivers(environment.executor().workers(), scope));
    List<ReceiverSupervisor<?>> made = new ArrayList<>();
    for (Receiver<T> receiver : split) {
      ReceiverSupervisor<T> supervisor =
          new ReceiverSupervisor<>(
              receivers.size(),
              node.name(),
              receiver,
              options.receivers(),
              store,
              environment.clock(),
              onArrival,
              listeners.receivers());
      receivers.add(supervisor);
      made.add(supervisor);
    }
    return made;
  }

  /** Whether time is the scripts' business. */
  boolean scripted() {
    return !scripts.isEmpty();
  }

  List<ReceiverSupervisor<?>> receivers() {
    return receivers;
  }

  boolean waiting() {
    return inlets.values().stream().anyMatch(Inlet::waiting);
  }

  /** Whether the next batch should not wait for its time. */
  boolean urgent() {
    return inlets.values().stream().anyMatch(Inlet::urgent);
  }

  /** The clock that timers go by. */
  Clock clock() {
    return scripted() ? scriptClock : environment.clock();
  }

  /** Moves the clock of scripts that are at their end. */
  void moveTo(long millis) {
    scriptClock.moveTo(millis);
  }

  /** Lets the next event of a script happen, in turn; false if all are at their end. */
  boolean goOn() {
    for (int i = 0; i < scripts.size(); i++) {
      ScriptInlet script = scripts.get(turn);
      turn = (turn + 1) % scripts.size();
      if (script.goOn()) {
        return true;
      }
    }
    return false;
  }

  /** What the next batch reads. */
  BatchInput take() {
    started = true;
    Map<SourceNode, Taken> taken = new LinkedHashMap<>();
    for (Map.Entry<SourceNode, Inlet> inlet : inlets.entrySet()) {
      taken.put(inlet.getKey(), inlet.getValue().take());
    }
    ended = taken.values().stream().allMatch(Taken::ended);
    return new BatchInput(taken, clock().nowMs(), !scripted(), ended && drained);
  }

  /** Whether all sources were at their end when a batch was taken last. */
  boolean ended() {
    return ended;
  }

  /** Whether a batch was taken already. */
  boolean started() {
    return started;
  }

  /** The input of a batch for which nothing came. */
  BatchInput nothing() {
    return new BatchInput(Map.of(), clock().nowMs(), !scripted(), ended && drained);
  }

  void committed() throws Exception {
    for (Inlet inlet : inlets.values()) {
      inlet.committed();
    }
  }

  /** The first failure of a source, or null. */
  OperatorException failure() {
    for (Map.Entry<SourceNode, Inlet> inlet : inlets.entrySet()) {
      Throwable failure = inlet.getValue().failure();
      if (failure != null) {
        return new OperatorException(inlet.getKey().name(), failure);
      }
    }
    return null;
  }

  void drain() {
    inlets.values().forEach(Inlet::drain);
    drained = true;
  }

  /** Closes all; the first failure is thrown at the end. */
  void close() {
    RuntimeException failure = null;
    for (Inlet inlet : inlets.values()) {
      try {
        inlet.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
