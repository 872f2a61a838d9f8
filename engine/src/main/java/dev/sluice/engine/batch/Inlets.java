package dev.sluice.engine.batch;

import dev.sluice.engine.batch.Inlet.Place;
import dev.sluice.engine.batch.Inlet.Taken;
import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.exec.IncompatibleSnapshotException;
import dev.sluice.engine.exec.NodeNames;
import dev.sluice.engine.exec.OperatorException;
import dev.sluice.engine.exec.SplitScope;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.SourceNode;
import dev.sluice.engine.plan.Stage;
import dev.sluice.engine.plan.StagePlan;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverSource;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
  private final Map<String, byte[]> places = new HashMap<>();
  private NodeNames<SourceNode> names;
  private boolean keepsPlaces;
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

  /**
   * Makes the inlets of {@code plan} and starts them, where a process before this one has come to
   * if {@link #readPlaces} has been called. On the thread for user code.
   *
   * @param parallelism what sources are split for: the same in all processes
   * @param keepsPlaces whether {@link #places} will be asked for
   */
  void open(StagePlan plan, int parallelism, boolean keepsPlaces)
      throws IncompatibleSnapshotException {
    this.keepsPlaces = keepsPlaces;
    List<SourceNode> nodes = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      if (stage.head() instanceof SourceNode node) {
        nodes.add(node);
      }
    }
    names = new NodeNames<>(nodes, node -> node);
    checkPlaces(nodes);
    for (SourceNode node : nodes) {
      named(node, () -> inlets.put(node, inlet(node, parallelism)));
    }
    ended = inlets.isEmpty();
    inlets.forEach((node, inlet) -> named(node, inlet::start));
  }

  /**
   * A source may be new, and one may be gone. If there are both, a source may have another name,
   * and would be read again from its beginning.
   */
  private void checkPlaces(List<SourceNode> nodes) throws IncompatibleSnapshotException {
    List<String> found =
        nodes.stream().map(names::name).filter(name -> !places.containsKey(name)).toList();
    List<String> lost = places.keySet().stream().filter(name -> names.find(name) == null).toList();
    if (!found.isEmpty() && !lost.isEmpty()) {
      throw new IncompatibleSnapshotException(
          List.of(
              "it has been read up to a place from "
                  + lost
                  + ", which the program does not have, and "
                  + found
                  + " would be read from the beginning: to add sources and to take others away,"
                  + " start it once in between"));
    }
  }

  /** Does {@code work}; what it throws gets the name of {@code node}. */
  private static void named(SourceNode node, JobThread.Work work) {
    try {
      work.run();
    } catch (Exception | Error e) {
      throw new OperatorException(node.name(), e);
    }
  }

  private Inlet inlet(SourceNode node, int parallelism) throws Exception {
    DataInputStream place = place(node);
    if (node.source() instanceof Script<?> script) {
      ScriptInlet inlet = new ScriptInlet(script, scriptClock);
      scripts.add(inlet);
      if (place != null) {
        inlet.startAt(place);
      }
      return inlet;
    }
    if (node.source() instanceof ReceiverSource<?> source) {
      return receiverInlet(node, source, parallelism, place);
    }
    OnceInlet inlet = new OnceInlet(node, parallelism, listeners.tasks());
    if (place != null) {
      inlet.startAt(place);
    }
    return inlet;
  }

  private DataInputStream place(SourceNode node) {
    byte[] place = places.get(names.name(node));
    return place == null ? null : new DataInputStream(new ByteArrayInputStream(place));
  }

  private <T> Inlet receiverInlet(
      SourceNode node, ReceiverSource<T> source, int parallelism, DataInputStream place)
      throws Exception {
    if (keepsPlaces && source.markCodec() == null) {
      throw new IllegalStateException(
          "gives no marks that a later process could go on from: run the stream without a"
              + " checkpoint folder, or read from a source that can be read again");
    }
    if (place == null) {
      List<? extends Receiver<T>> split =
          SplitScope.of(listeners.tasks(), scope -> source.receivers(parallelism, scope));
      List<ReceiverPlace> start = Collections.nCopies(split.size(), ReceiverPlace.START);
      return new ReceiverInlet(supervise(node, source, split), start, source.markCodec(), options);
    }
    List<ReceiverPlace> from = ReceiverPlace.readAll(source.markCodec(), place);
    List<Object> marks = new ArrayList<>();
    from.forEach(each -> marks.add(each.mark()));
    List<Receiver<T>> split =
        new ArrayList<>(
            SplitScope.of(listeners.tasks(), scope -> source.receivers(parallelism, scope, marks)));
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).ended()) {
        split.set(i, new EndedReceiver<>());
      }
    }
    return new ReceiverInlet(supervise(node, source, split), from, source.markCodec(), options);
  }

  private <T> List<ReceiverSupervisor<?>> supervise(
      SourceNode node, ReceiverSource<T> source, List<? extends Receiver<T>> split) {
    BlockStore<T> store =
        new BlockStore<>(environment.memory(), environment.files(), source.codec());
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

  /** Where all sources are to go on behind what committed batches have taken. */
  Place places() throws IOException {
    Map<String, Place> now = new LinkedHashMap<>();
    for (Map.Entry<SourceNode, Inlet> inlet : inlets.entrySet()) {
      now.put(names.name(inlet.getKey()), inlet.getValue().place());
    }
    return out -> {
      out.writeInt(now.size());
      for (Map.Entry<String, Place> place : now.entrySet()) {
        out.writeUTF(place.getKey());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        place.getValue().write(new DataOutputStream(bytes));
        out.writeInt(bytes.size());
        bytes.writeTo(out);
      }
    };
  }

  /** Reads what {@link #places} gave, in place of what was read before. */
  void readPlaces(DataInputStream in) throws IOException {
    places.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      places.put(in.readUTF(), in.readNBytes(in.readInt()));
    }
  }

  /** Whether time is the scripts' business. */
  boolean scripted() {
    return !scripts.isEmpty();
  }

  List<ReceiverSupervisor<?>> receivers() {
    return receivers;
  }

  /** Whether a batch would get something; the first one of a later process finds out. */
  boolean waiting() {
    return (!started && !places.isEmpty()) || inlets.values().stream().anyMatch(Inlet::waiting);
  }

  /** Whether the next batch should not wait for its time. */
  boolean urgent() {
    return (!started && !places.isEmpty()) || inlets.values().stream().anyMatch(Inlet::urgent);
  }

  /** As of {@link Inlet}. */
  boolean heldUp() {
    return inlets.values().stream().anyMatch(Inlet::heldUp);
  }

  /** As of {@link Inlet}. */
  boolean settling() {
    return inlets.values().stream().anyMatch(Inlet::settling);
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
  BatchInput take(long batch, long durableBatch) {
    started = true;
    Map<SourceNode, Taken> taken = new LinkedHashMap<>();
    for (Map.Entry<SourceNode, Inlet> inlet : inlets.entrySet()) {
      taken.put(inlet.getKey(), inlet.getValue().take());
    }
    ended = taken.values().stream().allMatch(Taken::ended);
    return new BatchInput(
        taken, clock().nowMs(), !scripted(), ended && drained, batch, durableBatch);
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
  BatchInput nothing(long batch, long durableBatch) {
    return new BatchInput(
        Map.of(), clock().nowMs(), !scripted(), ended && drained, batch, durableBatch);
  }

  void committed() {
    inlets.values().forEach(Inlet::committed);
  }

  /** As of {@link Inlet}. */
  void durable(int batches) {
    inlets.values().forEach(inlet -> inlet.durable(batches));
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
    FirstFailure.forEach(inlets.values(), Inlet::close);
  }
}
