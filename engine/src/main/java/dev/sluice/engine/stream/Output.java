package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Rdd;
import java.util.List;

/** Something that is done with the dataset of each batch, in the order of definition. */
final class Output<T> {
  private final Node<T> node;
  private final TransactionalSink<T> sink;
  private final String name;

  Output(Node<T> node, String name, TransactionalSink<T> sink) {
    this.node = node;
    this.name = name;
    this.sink = sink;
  }

  /** A sink that has nothing to publish. */
  static <T> TransactionalSink<T> sink(BatchAction<T> action) {
    return new TransactionalSink<>() {
      @Override
      public List<String> prepare(Rdd<T> records, long batchMs) throws Exception {
        action.accept(records, batchMs);
        return List.of();
      }

      @Override
      public void publish(long batchMs, List<String> prepared) {}
    };
  }

  Node<T> node() {
    return node;
  }

  String name() {
    return name;
  }

  /** What is to be published. */
  List<String> run(long timeMs) {
    Rdd<T> rdd = node.dataset(timeMs);
    return called(timeMs, () -> List.copyOf(sink.prepare(rdd, timeMs)));
  }

  void publish(long timeMs, List<String> prepared) {
    called(
        timeMs,
        () -> {
          sink.publish(timeMs, prepared);
          return prepared;
        });
  }

  void discardOthers(long timeMs) {
    called(
        timeMs,
        () -> {
          sink.discardOthers();
          return List.of();
        });
  }

  /** Calls the user's code. */
  private interface Call {
    List<String> run() throws Exception;
  }

  private List<String> called(long timeMs, Call call) {
    try {
      return call.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatchFailedException(timeMs, name, e);
    } catch (Exception | Error e) {
      throw new BatchFailedException(timeMs, name, e);
    }
  }
}
