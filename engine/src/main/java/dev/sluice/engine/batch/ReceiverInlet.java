package dev.sluice.engine.batch;

import dev.sluice.engine.codec.Codec;
import dev.sluice.engine.memory.FirstFailure;
import dev.sluice.engine.plan.Output;
import dev.sluice.engine.plan.Source.Split;
import dev.sluice.engine.plan.TaskScope;
import dev.sluice.engine.receiver.Block;
import dev.sluice.engine.receiver.ReceiverSupervisor;
import dev.sluice.engine.receiver.ReceiverSupervisor.State;
import dev.sluice.engine.time.Watermark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The receivers of one source. The watermark is the least of all of them. */
final class ReceiverInlet implements Inlet {
  private final List<ReceiverSupervisor<?>> receivers;
  private final Codec<Object> markCodec;
  private List<List<Block<?>>> inBatch = List.of();
  private final Deque<List<List<Block<?>>>> unacknowledged = new ArrayDeque<>();
  private final List<ReceiverPlace> places;
  private final long maxRecords;
  private List<ReceiverSupervisor<?>> lenders = List.of();
  private boolean ended;

  /**
   * The inlet of receivers that have not started.
   *
   * @param places where they go on
   * @param markCodec writes their marks; null if nobody will ask for places
   */
  ReceiverInlet(
      List<ReceiverSupervisor<?>> receivers,
      List<ReceiverPlace> places,
      Codec<Object> markCodec,
      StreamOptions options) {
    this.receivers = receivers;
    this.places = new ArrayList<>(places);
    this.markCodec = markCodec;
    this.maxRecords = Math.max(1, options.maxBatchRecords() / Math.max(1, receivers.size()));
  }

  /** Whole blocks of one receiver, in order. */
  private record Blocks(List<Block<?>> blocks) implements Split<Object> {
    @Override
    public void read(Output<Object> output, TaskScope scope) {
      for (Block<?> block : blocks) {
        block.forEach(output::emit);
      }
    }
  }

  @Override
  public void start() {
    receivers.forEach(ReceiverSupervisor::start);
  }

  @Override
  public boolean waiting() {
    return receivers.stream().anyMatch(ReceiverSupervisor::waiting)
        || (!ended && receivers.stream().allMatch(ReceiverInlet::isOver));
  }

  @Override
  public boolean urgent() {
    return waiting() && receivers.stream().allMatch(ReceiverInlet::cannotGoOn);
  }

  @Override
  public boolean heldUp() {
    return receivers.stream().anyMatch(ReceiverSupervisor::full);
  }

  /**
   * Whether a receiver that had lent its reader to the last batch has not lent it again. A batch
   * that is started without it leaves workers idle while others read.
   */
  @Override
  public boolean settling() {
    return !lenders.stream().allMatch(ReceiverInlet::cannotGoOn);
  }

  /** Whether it is at its end, or held up until a batch takes its blocks. */
  private static boolean cannotGoOn(ReceiverSupervisor<?> receiver) {
    return isOver(receiver) || receiver.full();
  }

  /** Whether it will store nothing more: it is at its end, or was stopped. */
  private static boolean isOver(ReceiverSupervisor<?> receiver) {
    return receiver.state() == State.ENDED || receiver.state() == State.STOPPED;
  }

  /** Whether it is over as it was asked to be: one that has failed may have had more to give. */
  private static boolean hasStopped(ReceiverSupervisor<?> receiver) {
    return isOver(receiver) && receiver.failure() == null;
  }

  @Override
  public Taken take() {
    List<Split<?>> splits = new ArrayList<>();
    long watermark = Watermark.END;
    boolean allEnded = true;
    List<List<Block<?>>> taking = new ArrayList<>();
    List<ReceiverSupervisor<?>> lending = new ArrayList<>();
    for (int i = 0; i < receivers.size(); i++) {
      ReceiverSupervisor<?> receiver = receivers.get(i);
      var taken = receiver.take(maxRecords);
      List<Block<?>> blocks = List.copyOf(taken.blocks());
      taking.add(blocks);
      if (blocks.stream().anyMatch(Block::isUnread)) {
        lending.add(receiver);
      }
      splits.add(blocks.isEmpty() ? null : new Blocks(blocks));
      boolean atEnd = taken.ended() || (hasStopped(receiver) && receiver.waitingBlocks() == 0);
      watermark = Math.min(watermark, atEnd ? Watermark.END : taken.watermark());
      allEnded &= atEnd;
      places.set(i, places.get(i).at(taken.mark(), atEnd));
    }
    ended = allEnded;
    lenders = lending;
    List<List<Block<?>>> taken = List.copyOf(taking);
    inBatch = taken;
    return new Taken(splits, watermark, ended, () -> records(taken));
  }

  /** How many records there are; of those that are not read yet, how many at most. */
  private static long records(List<List<Block<?>>> taken) {
    return taken.stream().flatMap(List::stream).mapToLong(Block::count).sum();
  }

  /** The records are not needed any more; the source hears of it when they are durable. */
  @Override
  public void committed() {
    inBatch.forEach(blocks -> blocks.forEach(Block::release));
    unacknowledged.addLast(inBatch);
    inBatch = List.of();
  }

  @Override
  public void durable(int batches) {
    for (int b = 0; b < batches; b++) {
      List<List<Block<?>>> batch = unacknowledged.removeFirst();
      for (int i = 0; i < batch.size(); i++) {
        acknowledge(receivers.get(i), batch.get(i));
      }
    }
  }

  /** Each block, since a mark may stand for the records since the one before it only. */
  @SuppressWarnings("unchecked")
  private static <T> void acknowledge(ReceiverSupervisor<T> receiver, List<Block<?>> blocks) {
    for (Block<?> block : blocks) {
      receiver.committed((Block<T>) block);
    }
  }

  @Override
  public Place place() {
    List<ReceiverPlace> now = List.copyOf(places);
    return out -> ReceiverPlace.writeAll(now, markCodec, out);
  }

  @Override
  public Throwable failure() {
    for (ReceiverSupervisor<?> receiver : receivers) {
      Throwable failure = receiver.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  @Override
  public void drain() {
    receivers.forEach(receiver -> receiver.stop(true));
  }

  @Override
  public void close() {
    try {
      FirstFailure.forEach(receivers, ReceiverSupervisor::close);
    } finally {
      // Those of a batch that has failed or was cancelled; none of its tasks runs any more. Behind
      // the receivers: one that has lent its reader would go on with it.
      inBatch.forEach(blocks -> blocks.forEach(Block::release));
      inBatch = List.of();
    }
  }

  List<ReceiverSupervisor<?>> receivers() {
    return receivers;
  }
}
