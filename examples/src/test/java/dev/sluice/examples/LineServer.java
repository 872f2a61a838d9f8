package dev.sluice.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on the loopback interface that sends what the test tells it to one client. */
final class LineServer implements AutoCloseable {
  private static final int PATIENCE_MS = 60_000;

  private final ServerSocket server;
  private Socket client;

  LineServer() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MS);
  }

  String port() {
    return "--port=" + server.getLocalPort();
  }

  /** Sends the text as it is; waits for the client before the first. */
  void send(String text) throws IOException {
    if (client == null) {
      client = server.accept();
    }
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Closes the connection. */
  void end() throws IOException {
    client.close();
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (client != null) {
      client.close();
    }
  }
}
