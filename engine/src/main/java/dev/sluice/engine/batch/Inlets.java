package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Inlet.Taken;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.OperatorException;
import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.exec.TaskListener;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverListener;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sources of a stream. For use by the thread that runs the batches. */
final class Inlets {
  private final Map<SourceNode, Inlet> inlets = new LinkedHashMap<>();
  private final List<ScriptInlet> scripts = new ArrayList<>();
  private final List<ReceiverSupervisor<?>> receivers = new ArrayList<>();
  private int turn;
  private boolean started;
  private boolean ended;
  private boolean drained;

  /** The inlets of the sources of {@code plan}; calls user code of receiver sources. */
  static Inlets of(
      StagePlan plan,
      Environment environment,
      StreamOptions options,
      ScriptClock scriptClock,
      TaskListener tasks,
      ReceiverListener listener,
      Runnable onArrival) {
    Inlets inlets = new Inlets();
    for (Stage stage : plan.stages()) {
      if (!(stage.head() instanceof SourceNode node)) {
        continue;
      }
      Inlet inlet;
      if (node.source() instanceof Script<?> script) {
        ScriptInlet scripted = new ScriptInlet(script, scriptClock);
        inlets.scripts.add(scripted);
        inlet = scripted;
      } else if (node.source() instanceof ReceiverSource<?> source) {
        List<ReceiverSupervisor<?>> supervisors =
            inlets.supervise(node, source, environment, options, tasks, listener, onArrival);
        inlet = new ReceiverInlet(supervisors, options);
      } else {
        inlet = new OnceInlet(node, environment.executor().workers(), tasks);
      }
      inlets.inlets.put(node, inlet);
    }
    inlets.ended = inlets.inlets.isEmpty();
    return inlets;
  }

  private <T> List<ReceiverSupervisor<?>> supervise(
      SourceNode node,
      ReceiverSource<T> source,
      Environment environment,
      StreamOptions options,
      TaskListener tasks,
      ReceiverListener listener,
      Runnable onArrival) {
    List<? extends Receiver<T>> split = split(node, source, environment, tasks);
    List<ReceiverSupervisor<?>> made = new ArrayList<>();
    try {
      BlockStore<T> store =
          new BlockStore<>(environment.memory(), environment.files(), source.codec());
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
                listener);
        receivers.add(supervisor);
        made.add(supervisor);
      }
    } catch (RuntimeException | Error e) {
      throw new OperatorException(node.name(), e);
    }
    return made;
  }

  private static <T> List<? extends Receiver<T>> split(
      SourceNode node, ReceiverSource<T> source, Environment environment, TaskListener tasks) {
    SplitScope scope = new SplitScope();
    tasks.submitted(scope);
    try {
      List<? extends Receiver<T>> made = source.receivers(environment.executor().workers(), scope);
      tasks.succeeded(scope);
      return made;
    } catch (Exception | Error e) {
      tasks.discarded(scope);
      throw new OperatorException(node.name(), e);
    }
  }

  /** Whether time is the scripts' business. */
  boolean scripted() {
    return !scripts.isEmpty();
  }

  List<ReceiverSupervisor<?>> receivers() {
    return receivers;
  }

  void start() throws Exception {
    for (Inlet inlet : inlets.values()) {
      inlet.start();
    }
  }

  boolean waiting() {
    return inlets.values().stream().anyMatch(Inlet::waiting);
  }

  /** Whether the next batch should not wait for its time. */
  boolean urgent() {
    return inlets.values().stream().anyMatch(Inlet::urgent);
  }

  /** Lets the next event of a script happen, in turn; false if all are at their end. */
  boolean goOn() throws IOException {
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
  BatchInput take(long processingTime) throws Exception {
    started = true;
    Map<SourceNode, Taken> taken = new LinkedHashMap<>();
    for (Map.Entry<SourceNode, Inlet> inlet : inlets.entrySet()) {
      taken.put(inlet.getKey(), inlet.getValue().take());
    }
    ended = taken.values().stream().allMatch(Taken::ended);
    return new BatchInput(taken, processingTime, !scripted(), ended && drained);
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
  BatchInput nothing(long processingTime) {
    return new BatchInput(Map.of(), processingTime, !scripted(), ended && drained);
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
