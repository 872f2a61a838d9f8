package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.rdd.Rdd;
import dev.sluice.engine.rdd.RddContext;
import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/** Makes the inputs of a graph. For use by the thread that defines it. */
final class Inputs {
  private final Graph graph;
  private final ReceiverOptions options;
  private final Announcements announcements;
  private int receivers;

  Inputs(Graph graph, ReceiverOptions options, Announcements announcements) {
    this.graph = graph;
    this.options = options;
    this.announcements = announcements;
  }

  <T> Node<T> receivers(String operation, List<? extends Receiver<T>> all) {
    Node<T> node = node(operation, Node.Storage.HELD);
    if (all.isEmpty()) {
      graph.problem(node + " has no receivers: give it at least one");
    }
    ReceiverInput.Setup setup =
        new ReceiverInput.Setup(
            options,
            event -> announcements.tell(new StreamEvent.ReceiverChanged(event)),
            receivers);
    receivers += all.size();
    graph.input(new ReceiverInput<>(node, all, setup));
    return node;
  }

  <T> Node<T> socket(
      String operation,
      String host,
      int port,
      Function1<InputStream, ? extends Iterator<? extends T>> decoder) {
    return receivers(operation, List.of(new SocketReceiver<T>(host, port, decoder)));
  }

  <T> Node<T> queue(Queue<Rdd<T>> queue, boolean oneAtATime, Rdd<T> otherwise) {
    Node<T> node = node("queueStream", Node.Storage.LINEAGE);
    graph.input(new QueueInput<>(node, queue, oneAtATime, otherwise));
    return node;
  }

  Node<String> files(Path folder) {
    RddContext rdds = graph.rdds();
    return files(
        "fileStream",
        folder,
        paths ->
            rdds.parallelize(
                paths.stream().map(path -> path.toAbsolutePath().toString()).toList(),
                Math.max(1, paths.size())));
  }

  Node<String> textFiles(Path folder) {
    RddContext rdds = graph.rdds();
    return files(
        "textFileStream",
        folder,
        paths -> Streams.union(rdds, paths.stream().map(rdds::textFile).toList()));
  }

  private <T> Node<T> files(String operation, Path folder, Function1<List<Path>, Rdd<T>> reader) {
    Node<T> node = node(operation, Node.Storage.LINEAGE);
    if (!folder.toFile().isDirectory()) {
      graph.problem(node + ": " + folder + " is no folder: create it first");
    }
    graph.input(new FileInput<>(node, folder, reader));
    return node;
  }

  private <T> Node<T> node(String operation, Node.Storage storage) {
    return graph.add(operation, new Node.Shape(graph.batchMs(), List.of(), storage, false));
  }
}
