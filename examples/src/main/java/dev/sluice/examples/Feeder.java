package dev.sluice.examples;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server on this machine that sends lines to the first who connects, and then closes: what {@code
 * nc -l} would be to an example, for a machine without it. Its thread ends with the lines, or when
 * nobody has come for a minute.
 */
final class Feeder {
  private static final int PATIENCE_MS = 60_000;

  private Feeder() {}

  /**
   * Starts one with {@code file}, which {@code option} names, and puts its port into the options;
   * does nothing if they name a port.
   */
  static void startUnlessGiven(SocketInput options, String option, String file) throws IOException {
    if (options.getPort() != 0) {
      return;
    }
    PacedLines lines = PacedLines.of(option, file, options.getLinesPerSecond());
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setSoTimeout(PATIENCE_MS);
    options.setHost(server.getInetAddress().getHostAddress());
    options.setPort(server.getLocalPort());
    Thread thread = new Thread(() -> feed(server, lines), "feeder");
    thread.setDaemon(true);
    thread.start();
  }

  private static void feed(ServerSocket server, PacedLines lines) {
    try (server;
        Socket client = server.accept();
        Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8)) {
      lines.writeTo(out);
    } catch (IOException e) {
      System.err.println("The feeder ends before its lines do: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
