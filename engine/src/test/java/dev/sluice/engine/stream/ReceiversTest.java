package dev.sluice.engine.stream;

import static dev.sluice.engine.stream.StreamBed.collect;
import static dev.sluice.engine.stream.StreamBed.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.engine.receiver.Receiver;
import dev.sluice.engine.receiver.ReceiverEvent;
import dev.sluice.engine.receiver.Wait;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams from outside. */
@Timeout(120)
class ReceiversTest {
  /** Stores what the test hands it, as blocks with their number as mark. */
  private static final class Hand extends Receiver<String> {
    final List<Object> committed = new CopyOnWriteArrayList<>();
    private int blocks;

    void block(String... records) {
      blocks++;
      store(List.of(records), blocks, blocks);
    }

    @Override
    public void onStart() {}

    @Override
    public void onStop() {}

    @Override
    public void onCommitted(Object mark) {
      committed.add(mark);
    }
  }

  private static void started(StreamBed bed, Receiver<?>... receivers) {
    bed.start();
    for (Receiver<?> receiver : receivers) {
      Wait.until("started", receiver::isStarted);
    }
  }

  private static List<String> all(Map<Long, List<String>> batches) {
    return batches.values().stream().flatMap(List::stream).toList();
  }

  @Test
  void putWholeBlocksIntoBatchesAndAcknowledgeThemAfterwards() {
    try (StreamBed bed = new StreamBed()) {
      Hand one = new Hand();
      Hand two = new Hand();
      DStream<String> stream = bed.context.receiverStream(List.of(one, two));
      Map<Long, List<List<String>>> seen = collect(stream.glom());
      started(bed, one, two);
      one.block("a", "b");
      one.block("c");
      two.block("x");
      assertEquals(List.of(), one.committed);
      bed.batches(1);
      bed.batches(1);
      one.block("d");
      bed.batches(1);
      assertEquals(List.of(List.of("a", "b"), List.of("c"), List.of("x")), seen.get(1L));
      assertEquals(List.of(List.of()), seen.get(2L));
      assertEquals(List.of(List.of("d")), seen.get(3L));
      Wait.until("acknowledged", () -> one.committed.equals(List.of(1, 2, 3)));
      assertEquals(4, bed.seen(StreamEvent.BatchPlanned.class).get(0).records());
    }
  }

  @Test
  void loseNothingAtAGracefulStop() throws Exception {
    try (StreamBed bed = new StreamBed()) {
      Hand hand = new Hand();
      Map<Long, List<String>> seen = collect(bed.context.receiverStream(hand));
      started(bed, hand);
      hand.block("a");
      bed.batches(1);
      hand.block("b", "c");
      hand.store("d");
      bed.context.stop(true);
      bed.context.awaitTermination();
      assertEquals(List.of("a", "b", "c", "d"), all(seen));
      Wait.until("acknowledged", () -> hand.committed.equals(List.of(1, 2)));
    }
  }

  @Test
  void keepWhatTheyHaveOverAStopThatIsNotGraceful() {
    try (StreamBed bed = new StreamBed()) {
      Hand hand = new Hand();
      Map<Long, List<String>> seen = collect(bed.context.receiverStream(hand));
      started(bed, hand);
      hand.block("a");
      bed.context.stop();
      assertEquals(List.of(), all(seen));
      started(bed, hand);
      hand.block("b");
      bed.batches(1);
      assertEquals(List.of("a", "b"), all(seen));
      assertEquals(2, bed.seen(StreamEvent.StreamingStarted.class).size());
    }
  }

  @Test
  void giveBlocksBackWhenTheirBatchesAreForgotten() {
    try (StreamBed bed = new StreamBed()) {
      Hand hand = new Hand();
      Map<Long, List<Long>> seen =
          collect(bed.context.receiverStream(hand).window(seconds(3)).count());
      started(bed, hand);
      for (int b = 0; b < 8; b++) {
        hand.block("record");
        bed.batches(1);
      }
      assertEquals(List.of(3L), seen.get(8L));
      long used = bed.context.rdds().environment().memory().usedBytes();
      for (int b = 0; b < 8; b++) {
        bed.batches(1);
      }
      assertEquals(List.of(0L), seen.get(16L));
      long after = bed.context.rdds().environment().memory().usedBytes();
      assertTrue(after < used, used + " bytes, then " + after);
    }
  }

  @Test
  void thatFailForGoodFailTheStream() {
    try (StreamBed bed = new StreamBed()) {
      Hand hand = new Hand();
      collect(bed.context.receiverStream(hand));
      started(bed, hand);
      hand.stop("broken", new IOException("cable"));
      IllegalStateException e =
          assertThrows(IllegalStateException.class, bed.context::awaitTermination);
      assertTrue(e.getMessage().contains("cable"), e.getMessage());
    }
  }

  private static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  @Test
  void readLinesFromAPortAndConnectAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamBed bed = new StreamBed()) {
      Map<Long, List<String>> seen =
          collect(bed.context.socketTextStream("127.0.0.1", server.getLocalPort()));
      bed.start();
      try (Socket first = server.accept()) {
        send(first, "one\ntwo\n");
      }
      try (Socket second = server.accept()) {
        send(second, "three\n");
        Wait.until(
            "three lines",
            () -> {
              bed.batches(1);
              return all(seen).size() == 3;
            });
        bed.context.stop(true);
      }
      assertEquals(List.of("one", "two", "three"), all(seen));
      assertEquals(
          1L,
          bed.seen(StreamEvent.ReceiverChanged.class).stream()
              .filter(changed -> changed.event() instanceof ReceiverEvent.Restarting)
              .count());
    }
  }

  @Test
  void readWhatADecoderMakesOfBytes() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamBed bed = new StreamBed()) {
      Map<Long, List<Integer>> seen =
          collect(
              bed.context.socketStream(
                  "127.0.0.1",
                  server.getLocalPort(),
                  bytes -> {
                    DataInputStream data = new DataInputStream(bytes);
                    Iterator<Integer> three =
                        List.of(data.readInt(), data.readInt(), data.readInt()).iterator();
                    return three;
                  }));
      bed.start();
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3});
        socket.getOutputStream().flush();
        List<Integer> numbers = new ArrayList<>();
        Wait.until(
            "three numbers",
            () -> {
              bed.batches(1);
              numbers.clear();
              seen.values().forEach(numbers::addAll);
              return numbers.size() == 3;
            });
        assertEquals(List.of(1, 2, 3), numbers);
      }
    }
  }

  @Test
  void readFilesThatAppearEachOnce(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("old.txt"), "old\n");
    try (StreamBed bed = new StreamBed()) {
      Map<Long, List<String>> lines = collect(bed.context.textFileStream(folder));
      Map<Long, List<String>> names = collect(bed.context.fileStream(folder));
      bed.start();
      bed.batches(1);
      Files.writeString(folder.resolve("_hidden"), "hidden\n");
      Path half = Files.writeString(folder.resolve(".b.txt"), "b1\nb2\n");
      Files.writeString(folder.resolve("a.txt"), "a\n");
      bed.batches(1);
      Files.move(half, folder.resolve("b.txt"));
      bed.batches(2);
      assertEquals(List.of(), lines.get(1L));
      assertEquals(List.of("a"), lines.get(2L));
      assertEquals(List.of("b1", "b2"), lines.get(3L));
      assertEquals(List.of(), lines.get(4L));
      assertEquals(List.of(folder.resolve("b.txt").toAbsolutePath().toString()), names.get(3L));
    }
  }

  @Test
  void areManyAndTakeNoWorker() {
    try (StreamBed bed = new StreamBed()) {
      List<Hand> hands = IntStream.range(0, 6).mapToObj(i -> new Hand()).toList();
      Map<Long, List<String>> seen = collect(bed.context.receiverStream(hands));
      started(bed, hands.toArray(Receiver<?>[]::new));
      hands.forEach(hand -> hand.block("r"));
      bed.batches(1);
      assertEquals(6, seen.get(1L).size());
    }
  }
}
