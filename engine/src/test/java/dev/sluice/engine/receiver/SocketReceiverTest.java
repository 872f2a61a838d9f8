package dev.sluice.engine.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A receiver as users write them: lines from a socket, read in {@code onStart}. */
class SocketReceiverTest {
  private static final class Lines extends Receiver<String> {
    private final int port;
    private volatile Socket socket;

    Lines(int port) {
      this.port = port;
    }

    @Override
    public void onStart() throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        store(line);
      }
      restart("the other side has closed the connection", null, 0);
    }

    @Override
    public void onStop() throws IOException {
      socket.close();
    }
  }

  private static void send(Socket to, String lines) throws IOException {
    to.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
    to.getOutputStream().flush();
  }

  private static void takeUntil(Bed<?> bed, List<String> taken, int count) {
    Wait.until(
        count + " lines",
        () -> {
          bed.takeAll().forEach(taken::addAll);
          return taken.size() >= count;
        });
  }

  @Test
  void readsLinesReconnectsAndStopsWhileItReads() throws Exception {
    List<String> taken = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Bed<Lines> bed = Bed.started(new Lines(server.getLocalPort()), ReceiverOptions.DEFAULTS)) {
      try (Socket first = server.accept()) {
        send(first, "one\ntwo\n");
        takeUntil(bed, taken, 2);
      }
      try (Socket second = server.accept()) {
        send(second, "three\n");
        takeUntil(bed, taken, 3);
        bed.supervisor.stop(true);
      }
      assertEquals(1, bed.count(ReceiverEvent.Stopped.class));
    }
    assertEquals(List.of("one", "two", "three"), taken);
  }
}
