package dev.sluice.engine.stream;

import dev.sluice.engine.rdd.Function1;
import dev.sluice.engine.receiver.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Connects to a port and stores what a decoder makes of the bytes. Connects again when it ends. */
final class SocketReceiver<T> extends Receiver<T> {
  private final String host;
  private final int port;
  private final Function1<InputStream, ? extends Iterator<? extends T>> decoder;
  private volatile Socket socket;

  SocketReceiver(
      String host, int port, Function1<InputStream, ? extends Iterator<? extends T>> decoder) {
    this.host = host;
    this.port = port;
    this.decoder = decoder;
  }

  /** Decodes lines of UTF-8. */
  static Iterator<String> lines(InputStream bytes) {
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
        .lines()
        .iterator();
  }

  @Override
  public void onStart() throws Exception {
    try (Socket connected = new Socket(host, port)) {
      socket = connected;
      Iterator<? extends T> records = decoder.apply(connected.getInputStream());
      while (!isStopped() && records.hasNext()) {
        store(records.next());
      }
    } catch (Exception e) {
      // A socket that onStop has closed under the reader is no error.
      if (!isStopped()) {
        throw e;
      }
    }
    if (!isStopped()) {
      restart(host + ":" + port + " has closed the connection");
    }
  }

  @Override
  public void onStop() throws IOException {
    Socket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
