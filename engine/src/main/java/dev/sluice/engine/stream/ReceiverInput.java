package dev.sluice.engine.stream;

import dev.sluice.engine.exec.Environment;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.rdd.Held;
import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.BlockLog;
import dev.sluice.engine.receiver.BlockStore;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverListener;
import dev.sluice.engine.receiver.ReceiverOptions;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.stream.Computation.Made;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The stream of some receivers. A batch gets whole blocks; each of them is a partition. */
final class ReceiverInput<T> implements Input {
  private final Node<T> node;
  private final List<? extends Receiver<T>> receivers;
  private final Setup setup;
  private final List<Reception<T>> receptions = new ArrayList<>();
  // Null where nothing is kept for a later process.
  private KeptBlocks<T> kept;

  /**
   * How receivers are run.
   *
   * @param firstId the id of the first receiver
   */
  record Setup(ReceiverOptions options, ReceiverListener listener, int firstId) {}

  ReceiverInput(Node<T> node, List<? extends Receiver<T>> receivers, Setup setup) {
    this.node = node;
    this.receivers = List.copyOf(receivers);
    this.setup = setup;
  }

  /** The records of one block, or none. */
  private record BlockSplit<T>(List<Block<T>> blocks) implements Source.Split<T> {
    @Override
    public void read(Output<T> output, TaskScope scope) {
      for (Block<T> block : blocks) {
        block.forEach(output::emit);
      }
    }
  }

  /** A partition for each block, and at least one. */
  private record Blocks<T>(List<Block<T>> blocks) implements Source<T> {
    @Override
    public List<? extends Split<T>> splits(int parallelism, TaskScope scope) {
      return blocks.isEmpty()
          ? List.of(new BlockSplit<>(List.<Block<T>>of()))
          : blocks.stream().map(block -> new BlockSplit<>(List.of(block))).toList();
    }
  }

  @Override
  public Node<T> node() {
    return node;
  }

  @Override
  public void open() {
    List<Reception<T>> opened = new ArrayList<>();
    for (Receiver<T> receiver : receivers) {
      opened.add(new Reception<>(opened.size(), supervise(receiver, opened.size())));
    }
    receptions.addAll(opened);
    opened.forEach(Reception::start);
  }

  private BlockStore<T> store(BlockLog<T> log) {
    Environment environment = node.graph().rdds().environment();
    return new BlockStore<>(
        environment.memory(), environment.files(), BlockJournal.codec(node), log);
  }

  private ReceiverSupervisor<T> supervise(Receiver<T> receiver, int index) {
    Environment environment = node.graph().rdds().environment();
    String name = receivers.size() == 1 ? node.name() : node.name() + "-" + index;
    return new ReceiverSupervisor<>(
        setup.firstId() + index,
        name,
        receiver,
        setup.options(),
        store(kept == null ? BlockLog.none() : kept.log(index)),
        environment.clock(),
        () -> {},
        setup.listener());
  }

  @Override
  public long allocate(long timeMs) {
    List<Block<T>> blocks = new ArrayList<>();
    if (kept != null) {
      blocks.addAll(kept.takeRecovered());
    }
    for (Reception<T> reception : receptions) {
      List<Block<T>> taken = reception.take(timeMs);
      blocks.addAll(taken);
      if (kept != null) {
        kept.taken(reception.receiver(), taken);
      }
    }
    if (kept != null) {
      kept.planned(timeMs);
    }
    put(timeMs, blocks);
    return blocks.stream().mapToLong(Block::count).sum();
  }

  private void put(long timeMs, List<Block<T>> blocks) {
    Held<T> held = node.graph().rdds().hold(node.name(), new Blocks<>(List.copyOf(blocks)));
    node.put(
        timeMs,
        new Made<>(
            held.rdd(),
            why -> {
              held.release(why);
              blocks.forEach(Block::release);
            }));
  }

  @Override
  public boolean waiting() {
    return receptions.stream().anyMatch(Reception::waiting) || (kept != null && kept.waiting());
  }

  @Override
  public void committed(long timeMs) {
    receptions.forEach(reception -> reception.committed(timeMs));
    List<Reception<T>> over = receptions.stream().filter(Reception::over).toList();
    over.forEach(Reception::close);
    receptions.removeAll(over);
    if (kept != null) {
      kept.completed(timeMs);
    }
  }

  @Override
  public Throwable failure() {
    for (Reception<T> reception : receptions) {
      if (reception.failure() != null) {
        return reception.failure();
      }
    }
    return null;
  }

  @Override
  public int receivers() {
    return receivers.size();
  }

  @Override
  public void rate(double recordsPerSecond) {
    receptions.forEach(reception -> reception.rate(recordsPerSecond));
  }

  @Override
  public void stop(boolean graceful) {
    receptions.forEach(reception -> reception.stop(graceful));
  }

  @Override
  public void close() {
    receptions.forEach(Reception::close);
    receptions.clear();
    if (kept != null) {
      kept.close();
    }
  }

  @Override
  public void keepIn(StreamJournal journal) {
    kept = new KeptBlocks<>(node, journal, store(BlockLog.none()));
  }

  @Override
  public void writePlace(DataOutputStream out) throws IOException {
    kept.writePlace(out);
  }

  @Override
  public void readPlace(DataInputStream in) throws IOException {
    kept.readPlace(in);
  }

  @Override
  public void writePlan(long timeMs, DataOutputStream out) throws IOException {
    kept.writePlan(timeMs, out);
  }

  @Override
  public void readPlan(long timeMs, DataInputStream in) throws IOException {
    put(timeMs, kept.readPlan(timeMs, in));
  }

  @Override
  public void readRecord(DataInputStream in) throws IOException {
    kept.readRecord(in);
  }

  @Override
  public String oldestSegment() {
    return kept.oldestSegment();
  }
}
